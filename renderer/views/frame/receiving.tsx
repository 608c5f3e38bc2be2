// What was dropped on a browser's window, on its way to the host.

import type { ReactElement } from "react";
import { bytes, count, exactBytes } from "../../model/format.ts";
import { useReceiving } from "../../model/uploads.ts";

export function ReceivingCard(): ReactElement | null {
  const receiving = useReceiving((state) => state.receiving);
  if (receiving === null) return null;
  const share = receiving.bytesOf > 0 ? receiving.bytes / receiving.bytesOf : 0;
  return (
    <section className="receiving" aria-label="Receiving evidence">
      <b title={receiving.what}>Receiving {receiving.what}</b>
      <progress aria-label="Received" value={share} max={1} />
      <p className="dim">
        <span title={`${exactBytes(receiving.bytes)} of ${exactBytes(receiving.bytesOf)}`}>
          {bytes(receiving.bytes)} of {bytes(receiving.bytesOf)}, {count(receiving.files)} of {count(receiving.filesOf)}{" "}
          files. They are added when all are here.
        </span>
        <button type="button" className="button small" onClick={receiving.cancel}>
          Cancel
        </button>
      </p>
    </section>
  );
}
