// Save a copy, export of evidence: each says what it does before, and exactly what it did after.

import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import type { Result } from "../../../shared/contract.ts";
import { type Failure, failureOf } from "../../../shared/failure.ts";
import { ask } from "../../host/ask.ts";
import { useAnswer } from "../../model/answer.ts";
import { choosePath } from "../../model/choose.ts";
import { countedAs } from "../../model/counting.ts";
import { closeDialog } from "../../model/dialogs.ts";
import { bytes, count, exactBytes, instant } from "../../model/format.ts";
import { useShown } from "../../model/navigate.ts";
import { nameOf } from "../../model/paths.ts";
import { useSession } from "../../model/session.ts";
import { Modal } from "../../widgets/modal.tsx";

/** Something long that can be cancelled: before, during, after. */
type Running<T> = { readonly running: boolean; readonly done: T | null; readonly failure: Failure | null };

export function useLong<T>(): Running<T> & {
  start(run: (signal: AbortSignal) => Promise<T | null>): void;
  cancel(): void;
} {
  const [state, setState] = useState<Running<T>>({ running: false, done: null, failure: null });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  return {
    ...state,
    cancel: () => stop.current?.abort(),
    start(run) {
      const control = new AbortController();
      stop.current = control;
      setState({ running: true, done: null, failure: null });
      run(control.signal).then(
        (done) => setState({ running: false, done, failure: null }),
        (thrown) => setState({ running: false, done: null, failure: failureOf(thrown) }),
      );
    },
  };
}

export function CopyDialog(): ReactElement {
  const open = useSession((session) => session.open);
  const copy = useLong<Result<"case.copy">>();
  const start = (): void =>
    copy.start(async (signal) => {
      const [to] = (await choosePath("copy", `${open?.name ?? "case"}-copy.tidemark`)) ?? [];
      return to ? await ask("case.copy", { to }, { signal }) : null;
    });
  return (
    <Modal title="Save a copy for a colleague" onClose={closeDialog}>
      <div className="body">
        <p>
          The copy is one self-contained file: evidence, notes and statuses. Its SHA-256 is written beside it, so that
          whoever receives it can check it.
        </p>
        {copy.done ? (
          <>
            <p>
              Saved: {exactBytes(copy.done.bytes)} at <code>{copy.done.path}</code>
            </p>
            <code className="block">{copy.done.sha256}</code>
            <p>The copy holds everything: evidence, notes, statuses. Whoever receives both files checks them with</p>
            <code className="block">sha256sum -c {nameOf(copy.done.path)}.sha256</code>
            <p>
              or, on Windows, compares with <code>certutil -hashfile {nameOf(copy.done.path)} SHA256</code>
            </p>
          </>
        ) : null}
        <Failed failure={copy.failure} />
      </div>
      <Foot
        running={copy.running}
        done={copy.done !== null}
        action="Choose where…"
        onStart={start}
        onCancel={copy.cancel}
      />
    </Modal>
  );
}

export function ExportDialog(): ReactElement {
  const { scope } = useShown(({ view }) => view);
  const open = useSession((session) => session.open);
  const totals = useAnswer("scope.totals", { scope });
  const exported = useLong<Result<"evidence.export">>();
  const start = (): void =>
    exported.start(async (signal) => {
      const [to] = (await choosePath("export", `${open?.name ?? "case"}-evidence`)) ?? [];
      return to ? await ask("evidence.export", { scope, to }, { signal }) : null;
    });
  const range =
    scope.from === null && scope.to === null
      ? "the whole case"
      : `${scope.from === null ? "the beginning" : `${instant(scope.from)} UTC`} to ${scope.to === null ? "the end" : `${instant(scope.to)} UTC`}`;
  return (
    <Modal title="Export evidence in scope" onClose={closeDialog}>
      <div className="body">
        <dl className="facts">
          <dt>Range</dt>
          <dd>{range}</dd>
          <dt>Filter</dt>
          <dd className="mono">{scope.filter === "" ? "none" : scope.filter}</dd>
          <dt>Holds</dt>
          <dd>{totals.value ? `${count(totals.value.tuples)} tuples, ${countedAs(scope)}` : "…"}</dd>
        </dl>
        <p>
          A folder with the original bytes of every record in scope, the tuples as CSV and NDJSON, the scope, and a
          manifest of SHA-256 sums.
        </p>
        {exported.done ? (
          <>
            <p>
              Written: {count(exported.done.tuples)} tuples of {count(exported.done.records)} records in{" "}
              {count(exported.done.files)} files, {bytes(exported.done.bytes)}, in <code>{exported.done.folder}</code>
            </p>
            <p>To check it, in that folder:</p>
            <code className="block">sha256sum -c manifest-sha256.txt</code>
          </>
        ) : null}
        <Failed failure={exported.failure} />
      </div>
      <Foot
        running={exported.running}
        done={exported.done !== null}
        action="Choose a folder…"
        onStart={start}
        onCancel={exported.cancel}
      />
    </Modal>
  );
}

export function Failed({ failure }: { readonly failure: Failure | null }): ReactNode {
  if (failure === null || failure.kind === "cancelled") return null;
  return (
    <p role="alert" className="failed">
      {failure.message}
    </p>
  );
}

export function Foot(props: {
  readonly running: boolean;
  readonly done: boolean;
  readonly action: string;
  /** How far it is. */
  readonly progress?: string;
  readonly onStart: () => void;
  /** Null: it cannot be cancelled. */
  readonly onCancel: (() => void) | null;
}): ReactElement {
  return (
    <footer>
      {props.running ? (
        <span className="dim grow">{props.progress ?? "Working. The window can be used again when this ends."}</span>
      ) : null}
      {props.running && props.onCancel ? (
        <button type="button" className="button" onClick={props.onCancel}>
          Cancel
        </button>
      ) : null}
      {props.done ? (
        <button type="button" className="button" onClick={closeDialog}>
          Close
        </button>
      ) : props.running ? null : (
        <button type="button" className="button primary" onClick={props.onStart}>
          {props.action}
        </button>
      )}
    </footer>
  );
}
