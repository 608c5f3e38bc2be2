// One reject: why, where, and its original bytes with what stands around them, read from the evidence where that can be had.

import { Copy } from "lucide-react";
import type { ReactElement } from "react";
import type { Row } from "../../../shared/rows.ts";
import { useAnswer } from "../../model/answer.ts";
import { closeDialog, useDialog } from "../../model/dialogs.ts";
import { count } from "../../model/format.ts";
import { Modal } from "../../widgets/modal.tsx";
import { copy } from "../values/value-items.tsx";
import { number, text } from "./cells.tsx";

export function RejectDialog(): ReactElement {
  const row = useDialog((dialog) => dialog.row) ?? {};
  const place = {
    source: text(row.source),
    member: text(row.member),
    offset: number(row.offset),
    length: number(row.length),
  };
  const { value, failure } = useAnswer("evidence.around", place);
  return (
    <Modal title="A reject" wide onClose={closeDialog}>
      <div className="body">
        <p>
          <b>{text(row.reason)}</b>
        </p>
        <p>
          {placeText(row)}: bytes {count(place.offset)} to {count(place.offset + Math.max(0, place.length - 1))} of{" "}
          <span className="ip">{place.member}</span> <span className="dim">of {place.source}</span>
        </p>
        {value ? (
          <section
            className="mono reject-text"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard
            tabIndex={0}
            aria-label="Original text"
          >
            <span className="dim">{value.before}</span>
            <mark>{value.text}</mark>
            <span className="dim">{value.notShown > 0 ? ` … ${count(value.notShown)} more bytes` : value.after}</span>
          </section>
        ) : (
          <section className="mono reject-text" aria-label="Original text">
            {text(row.text)}
          </section>
        )}
        <p className="dim">
          {failure
            ? `${failure.message} Above is the text as it was kept.`
            : value
              ? `Read from the evidence; SHA-256 of the member ${value.sha256}.`
              : ""}
        </p>
        <button
          type="button"
          className="button small own-width"
          onClick={() => void copy(citation(row), "Reject copied")}
        >
          <Copy size={12} /> Copy with its place
        </button>
      </div>
    </Modal>
  );
}

function placeText(row: Row): string {
  const record = `Record ${count(number(row.record))}`;
  return row.tuple === null ? record : `${record}, tuple ${count(number(row.tuple))}`;
}

function citation(row: Row): string {
  return `${text(row.text)}\n${text(row.reason)}; ${placeText(row)}, byte ${text(row.offset)}, ${text(row.length)} bytes, of ${text(row.member)} of ${text(row.source)}`;
}
