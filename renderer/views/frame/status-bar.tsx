// What is in scope, in figures that hold for every view; how it is counted; the zone; that nothing leaves this computer.

import { Clock, WifiOff } from "lucide-react";
import type { ReactElement } from "react";
import { useAnswer } from "../../model/answer.ts";
import { bytes, count, exactBytes, noun } from "../../model/format.ts";
import { navigate, useShownSoon } from "../../model/navigate.ts";
import { isAdding, useSession } from "../../model/session.ts";
import { CountingMenu } from "./counting-menu.tsx";

export function StatusBar(): ReactElement {
  const scope = useShownSoon((shown) => shown.view.scope);
  const { open, adding, about } = useSession();
  const { value, pending, failure } = useAnswer("scope.totals", open === null ? null : { scope });
  return (
    <footer className="status-bar">
      {open === null ? <span>Tidemark {about?.version}</span> : null}
      {failure ? <span role="alert">The figures could not be had: {failure.message}</span> : null}
      {value && failure === null ? (
        <>
          <Figure value={value.conversations} what="conversation" pending={pending} />
          {value.flows === null ? null : <Figure value={value.flows} what="flow" pending={pending} />}
          <Figure value={value.tuples} what="tuple" pending={pending} />
          <span title={`${exactBytes(value.bytesSent)} sent, ${exactBytes(value.bytesReceived)} received`}>
            <b>{bytes(value.bytesSent + value.bytesReceived)}</b>
          </span>
        </>
      ) : null}
      <span className="grow" />
      {isAdding(adding) ? (
        <button type="button" className="link" onClick={() => navigate({ page: "adding" })}>
          Adding evidence {share(adding?.progress)}
        </button>
      ) : null}
      {open === null ? null : <CountingMenu isSettled={value?.flows !== null} />}
      <span title="All times are in Coordinated Universal Time">
        <Clock size={12} /> UTC
      </span>
      <span className="offline" title="Tidemark opens no connection to any network">
        <WifiOff size={12} /> offline
      </span>
    </footer>
  );
}

function Figure(props: { readonly value: number; readonly what: string; readonly pending: boolean }): ReactElement {
  return (
    <span className={props.pending ? "pending" : ""}>
      <b>{count(props.value)}</b> {noun(props.value, props.what)}
    </span>
  );
}

function share(progress: { readonly bytes: number; readonly bytesOf: number } | null | undefined): string {
  return progress && progress.bytesOf > 0 ? `${Math.floor((progress.bytes / progress.bytesOf) * 100)} %` : "";
}
