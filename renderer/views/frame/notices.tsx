// What must be said over the workspace: no connection, a restarted engine, a read-only case, a failure. One line each, dismissable.

import { Lock, RotateCcw, TriangleAlert, Unplug, X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { dismissNotice, useSession } from "../../model/session.ts";

export function Notices(): ReactElement {
  const { connected, about, notice, open } = useSession();
  return (
    <div aria-live="polite">
      {!connected && about !== null ? (
        <Line kind="error" icon={<Unplug size={14} />} title="The host does not answer.">
          What is on screen stays; questions are asked again when it is back.
        </Line>
      ) : null}
      {notice ? (
        <Line
          kind={notice.kind}
          icon={notice.kind === "restarted" ? <RotateCcw size={14} /> : <TriangleAlert size={14} />}
          title={notice.title}
        >
          {notice.text}
          <span className="grow" />
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={dismissNotice}>
            <X size={13} />
          </button>
        </Line>
      ) : null}
      {open?.readOnly ? (
        <Line kind="read-only" icon={<Lock size={14} />} title="Opened read-only.">
          {open.readOnly} Everything can be looked at; notes and evidence cannot be added.
        </Line>
      ) : null}
    </div>
  );
}

function Line(props: {
  readonly kind: string;
  readonly icon: ReactElement;
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className={`notice ${props.kind}`}>
      {props.icon}
      <b>{props.title}</b>
      {props.children}
    </div>
  );
}
