// How values look in tables and inspector: addresses with what is known of them, decisions, encryption, counters that may not have
// been measured.

import type { ReactElement } from "react";
import type { AddressFacts } from "../../../shared/contract.ts";
import type { HostStatus } from "../../../shared/notebook.ts";
import type { Cell, Row } from "../../../shared/rows.ts";
import type { Nics } from "../../model/facts.ts";
import { bytesParts, count } from "../../model/format.ts";
import { Glyph, type GlyphName } from "../../widgets/glyph.tsx";
import type { Column } from "../../widgets/grid.tsx";

/** `rare`: shown only where it was asked for. */
export type RowColumn = Column<Row> & { readonly rare?: boolean };

/** What cells of one table share. */
export type Known = {
  readonly nics: Nics;
  readonly facts: ReadonlyMap<string, AddressFacts>;
  readonly statusOf: ReadonlyMap<string, HostStatus>;
  readonly noted: ReadonlySet<string>;
};

export function Address({ ip, known }: { readonly ip: string; readonly known: Known }): ReactElement {
  const status = known.statusOf.get(ip);
  const words = nameOf(ip, known);
  return (
    <>
      {status ? <Glyph name={status} label={status} /> : null}
      {known.noted.has(ip) ? <Glyph name="note" label="has a note" /> : null}
      {status || known.noted.has(ip) ? " " : null}
      <span className="ip">{ip}</span>
      {words === "" ? null : <span className="dim"> {words}</span>}
    </>
  );
}

/** NIC's own name, or its network; the country of a public address. */
export function nameOf(
  ip: string,
  { nics, facts }: { readonly nics: Nics; readonly facts: Pick<Known["facts"], "get"> },
): string {
  const nic = nics.byAddress.get(ip);
  if (nic) return nic.name ?? nic.subnet ?? nic.network ?? "";
  return facts.get(ip)?.country ?? "";
}

export function Decision({ allowed, denied }: { readonly allowed: number; readonly denied: number }): ReactElement {
  const name: GlyphName = denied === 0 ? "allowed" : allowed === 0 ? "denied" : "mixed";
  const label = name === "mixed" ? "allowed and denied" : name;
  return <Glyph name={name} label={label} />;
}

/** What Azure's codes say (FORMAT of virtual network flow logs, field 8). Unknown codes are shown as logged. */
const encryptionWords: Readonly<Record<string, readonly [GlyphName, string]>> = {
  X: ["encrypted", "encrypted"],
  NX: ["unencrypted", "not encrypted"],
  NX_HW_NOT_SUPPORTED: ["unencrypted-for-a-reason", "not encrypted: hardware does not support it"],
  NX_SW_NOT_READY: ["encryption-drop", "dropped: software was not ready to encrypt"],
  NX_NOT_ACCEPTED: ["encryption-drop", "dropped: encryption was not accepted"],
  NX_NOT_SUPPORTED: ["encryption-drop", "dropped: discovery is not supported"],
  NX_LOCAL_DST: ["unencrypted-for-a-reason", "not encrypted: the destination is on the same host"],
  NX_FALLBACK: ["unencrypted-for-a-reason", "not encrypted: fell back"],
};

export function encryptionText(code: string | null): string {
  if (code === null) return "the log does not say";
  const words = encryptionWords[code]?.[1];
  return words ? `${words} (${code})` : code;
}

export function Encryption({ code }: { readonly code: string | null }): ReactElement {
  const known = code === null ? undefined : encryptionWords[code];
  return known ? <Glyph name={known[0]} label={known[1]} /> : <span className="dim">{code ?? "–"}</span>;
}

export function Bytes({ value }: { readonly value: Cell | undefined }): ReactElement {
  if (typeof value !== "number") return <NotMeasured />;
  const [number, unit] = bytesParts(value);
  return (
    <>
      {number}
      <span className="unit">{unit}</span>
    </>
  );
}

export function NotMeasured(): ReactElement {
  return (
    <span className="dim" title="Not measured: the log carries no counters here">
      n/m
    </span>
  );
}

export function number(value: Cell | undefined): number {
  return typeof value === "number" ? value : 0;
}

export function text(value: Cell | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? value.join(", ") : String(value);
}

export function countText(value: Cell | undefined): string {
  return typeof value === "number" ? count(value) : "";
}
