// Where a record lies: record, member, source, their sizes and hashes, and how to cite it.

import { ShieldCheck } from "lucide-react";
import type { ReactElement } from "react";
import { useAnswer } from "../../model/answer.ts";
import { count } from "../../model/format.ts";
import { useSession } from "../../model/session.ts";
import type { TuplePlace } from "../../model/view.ts";
import { citationOf } from "./citation.ts";

export function PlacePane({ place }: { readonly place: TuplePlace }): ReactElement {
  const { value } = useAnswer("record.text", { ...place, from: 0 });
  const source = useSession(({ info }) => info?.sourceList.find(({ path }) => path === place.source) ?? null);
  return (
    <aside
      className="pane place"
      aria-label="Place"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard
      tabIndex={0}
    >
      <header className="evidence-head">
        <p className="dim">Member and source</p>
        <h2>{place.member.split("/").at(-1)}</h2>
        <p>in {place.source.split(/[\\/]/).at(-1)}</p>
      </header>
      <section className="section">
        <h3>Record</h3>
        <dl className="facts">
          <dt>Position</dt>
          <dd>{count(place.record)}, counted from 0</dd>
          <dt>Length</dt>
          <dd>{value ? `${count(value.length)} B at ${count(value.offset)}` : "…"}</dd>
        </dl>
      </section>
      <section className="section">
        <h3>Member</h3>
        <p className="ip path">{place.member}</p>
        <dl className="facts">
          <dt>SHA-256</dt>
          <dd className="ip">{value ? grouped(value.sha256) : "…"}</dd>
        </dl>
      </section>
      <section className="section">
        <h3>Source</h3>
        <p className="ip path">{place.source}</p>
        <dl className="facts">
          <dt>Kind</dt>
          <dd>{source?.kind ?? "…"}</dd>
          <dt>Size</dt>
          <dd>{source ? `${count(source.bytes)} B` : "…"}</dd>
          <dt>SHA-256</dt>
          <dd className="ip">{source?.sha256 ? grouped(source.sha256) : "…"}</dd>
        </dl>
        <p className="dim verified">
          <ShieldCheck size={13} /> Hashed while it was read. <b>Verify</b> in the case menu hashes it again.
        </p>
      </section>
      <section className="section">
        <h3>Cite this</h3>
        <p className="cite">{value ? citationOf(place, value) : "…"}</p>
      </section>
    </aside>
  );
}

function grouped(hex: string): string {
  return hex.match(/.{1,8}/g)?.join(" ") ?? hex;
}
