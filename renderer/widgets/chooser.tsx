// A chooser of paths over the host's folders, for hosts without dialogs of their own.

import { CornerLeftUp, File, FileArchive, Folder } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useEffect, useState } from "react";
import type { FolderListing, Purpose } from "../../shared/contract.ts";
import { failureOf } from "../../shared/failure.ts";
import { ask } from "../host/ask.ts";
import { type Choosing, useChooser } from "../model/choose.ts";
import { bytes, count } from "../model/format.ts";
import { caseFileName, pathIn } from "../model/paths.ts";
import { Modal } from "./modal.tsx";
import "./chooser.css";

const titles: Readonly<Record<Purpose, string>> = {
  "open-case": "Open case",
  "new-case": "Where should the case go?",
  evidence: "Choose evidence",
  copy: "Where should the copy go?",
  export: "Where should the evidence go?",
  save: "Where should the file go?",
};

export function PathChooser(): ReactElement | null {
  const choosing = useChooser((chooser) => chooser.choosing);
  return choosing === null ? null : <Chooser choosing={choosing} />;
}

function Chooser({ choosing }: { readonly choosing: Choosing }): ReactElement {
  const { purpose, done } = choosing;
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [failure, setFailure] = useState("");
  const [name, setName] = useState(choosing.name);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const makes = purpose === "new-case" || purpose === "copy" || purpose === "export" || purpose === "save";

  async function show(folder: string | null): Promise<void> {
    try {
      const next = await ask("path.list", { folder, purpose });
      setListing(next);
      setTyped(next.folder);
      setChosen([]);
      setFailure("");
    } catch (thrown) {
      setFailure(failureOf(thrown).message);
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => void show(choosing.folder), []);

  const wanted = purpose === "export" || purpose === "save" ? name.trim() : caseFileName(name);
  const taken = listing?.entries.some((entry) => entry.name === wanted) ?? false;
  const wants = (kind: string): boolean =>
    kind === "folder" || kind === (purpose === "open-case" ? "case" : "evidence");
  const entries = (listing?.entries ?? []).filter(({ kind }) => !makes || kind === "folder" || kind === "case");

  function finish(): void {
    if (listing === null) return;
    if (makes) {
      if (name.trim() === "") return setFailure("A name is needed.");
      if (/[\\/]/.test(wanted)) return setFailure("A name holds no slash; the folder stands above.");
      if (taken)
        return setFailure(
          `There is something called ${wanted} there already. Nothing is written over; choose another name.`,
        );
      return done([pathIn(listing.folder, wanted)]);
    }
    if (chosen.length > 0) return done(chosen);
    if (purpose === "evidence") return done([listing.folder]);
    setFailure("Choose a case.");
  }

  function pick(path: string, kind: string): void {
    if (kind === "folder") return void show(path);
    if (makes || !wants(kind)) return;
    if (purpose === "open-case") return done([path]);
    setChosen(chosen.includes(path) ? chosen.filter((each) => each !== path) : [...chosen, path]);
  }

  return (
    <Modal title={titles[purpose]} wide onClose={() => done(null)}>
      <div className="chooser">
        <form
          className="chooser-path"
          onSubmit={(event) => {
            event.preventDefault();
            if (/\.tidemark$/i.test(typed) && purpose === "open-case") done([typed]);
            else if (/\.(json|gz|zip|tar|tgz)$/i.test(typed) && purpose === "evidence") done([typed]);
            else void show(typed);
          }}
        >
          <button
            type="button"
            className="icon-button"
            aria-label="Folder above"
            disabled={listing?.parent == null}
            onClick={() => void show(listing?.parent ?? null)}
          >
            <CornerLeftUp size={14} />
          </button>
          <input className="mono" aria-label="Path" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </form>
        <nav aria-label="Places">
          {(listing?.places ?? []).map(({ name: title, path }) => (
            <button key={path} type="button" onClick={() => void show(path)} title={path}>
              {title}
            </button>
          ))}
        </nav>
        <ul aria-label="Entries" onKeyDown={walk}>
          {entries.map(({ name: title, path, kind, bytes: size }) => (
            <li key={path}>
              <button
                type="button"
                disabled={!wants(kind)}
                aria-pressed={chosen.includes(path)}
                onClick={() => pick(path, kind)}
              >
                {kind === "folder" ? (
                  <Folder size={13} />
                ) : kind === "evidence" ? (
                  <FileArchive size={13} />
                ) : (
                  <File size={13} />
                )}
                <span>{title}</span>
                <span className="dim">{kind === "folder" ? "" : bytes(size)}</span>
              </button>
            </li>
          ))}
          {entries.length === 0 && listing !== null ? <li className="dim">Nothing to choose in this folder.</li> : null}
          {listing && listing.more > 0 ? (
            <li className="dim">+{count(listing.more)} more are not listed; type a path.</li>
          ) : null}
        </ul>
        {makes ? (
          <label className="chooser-name">
            Name <input value={name} onChange={(event) => setName(event.target.value)} />
          </label>
        ) : null}
        {failure === "" ? null : (
          <p role="alert" className="failed">
            {failure}
          </p>
        )}
      </div>
      <footer>
        <span className="dim grow">
          {purpose === "evidence"
            ? chosen.length > 0
              ? `${chosen.length} chosen`
              : "Choose files, or use the whole folder. Evidence is only read."
            : ""}
        </span>
        <button type="button" className="button" onClick={() => done(null)}>
          Cancel
        </button>
        <button type="button" className="button primary" disabled={listing === null} onClick={finish}>
          {makes
            ? "Save here"
            : purpose === "evidence"
              ? chosen.length > 0
                ? "Use these files"
                : "Use this folder"
              : "Open"}
        </button>
      </footer>
    </Modal>
  );
}

/** Arrow keys walk the entries. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
}
