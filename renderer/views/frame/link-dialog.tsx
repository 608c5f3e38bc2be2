// "Open link…": what a link leads to is said before anything is opened, also that it is of another case.

import { type ReactElement, useState } from "react";
import { closeDialog } from "../../model/dialogs.ts";
import { type Link, type LinkedCase, parseLink, sameCase } from "../../model/link.ts";
import { navigate } from "../../model/navigate.ts";
import { openCase, useSession } from "../../model/session.ts";
import { scopeWords } from "../../model/trail.ts";
import { Modal } from "../../widgets/modal.tsx";

export function LinkDialog(): ReactElement {
  const [text, setText] = useState("");
  const link = text.trim() === "" ? null : parseLink(text);
  return (
    <Modal title="Open a link" onClose={closeDialog}>
      <div className="body">
        <p>Paste a link to a view, or a text that holds one. It is only read: nothing is opened before you say so.</p>
        <textarea
          className="mono"
          aria-label="Link"
          rows={4}
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: it was opened to be pasted into
          autoFocus
          value={text}
          placeholder="tidemark://view/explore?…"
          onChange={({ target }) => setText(target.value)}
        />
        {link === null ? null : "fault" in link ? (
          <p role="alert" className="failed">
            {link.fault}
          </p>
        ) : (
          <Leads link={link} />
        )}
      </div>
      {link === null || "fault" in link ? null : <Ways link={link} />}
    </Modal>
  );
}

function useOpenCase(): LinkedCase | null {
  const open = useSession((session) => session.open);
  const digest = useSession((session) => session.info?.logicalDigest ?? "");
  return open === null ? null : { name: open.name, digest, path: open.path };
}

function Leads({ link }: { readonly link: Link }): ReactElement {
  const open = useOpenCase();
  const { of, view } = link;
  return (
    <>
      <dl className="facts">
        <dt>Case</dt>
        <dd>{of?.name ?? of?.path ?? "not named"}</dd>
        {of?.digest === undefined ? null : (
          <>
            <dt>Digest</dt>
            <dd className="mono">{of.digest}</dd>
          </>
        )}
        <dt>Shows</dt>
        <dd>
          {view.page}: <code>{scopeWords(view.scope)}</code>
        </dd>
      </dl>
      <p>{caseWords(of, open)}</p>
    </>
  );
}

function caseWords(of: Link["of"], open: LinkedCase | null): string {
  if (open === null) return "No case is open.";
  switch (sameCase(of, open)) {
    case "same":
      return `It is of the case that is open, ${open.name}.`;
    case "grown":
      return `It is of the case that is open, ${open.name}, as it was when the case held something else: figures may differ.`;
    case "another":
      return `It is of another case than the one that is open, ${open.name}: what the two hold differs.`;
    case "unknown":
      return `Whether it is of the case that is open, ${open.name}, it does not say.`;
  }
}

function Ways({ link }: { readonly link: Link }): ReactElement {
  const open = useOpenCase();
  const relation = open === null ? null : sameCase(link.of, open);
  const path = link.of?.path;
  const show = (casePath: string): void => {
    closeDialog();
    navigate({ ...link.view, case: casePath });
  };
  const openThere = async (wanted: string): Promise<void> => {
    closeDialog();
    if (await openCase(wanted)) navigate({ ...link.view, case: wanted });
  };
  const isHere = relation === "same" || relation === "grown";
  return (
    <footer>
      {path !== undefined && path !== open?.path && !isHere ? (
        <button type="button" className="button" title={path} onClick={() => void openThere(path)}>
          Open {path.split(/[\\/]/).at(-1)}
        </button>
      ) : null}
      {open === null ? null : (
        <button type="button" className={`button ${isHere ? "primary" : ""}`} onClick={() => show(open.path)}>
          {isHere ? "Show" : `Show in ${open.name} all the same`}
        </button>
      )}
    </footer>
  );
}
