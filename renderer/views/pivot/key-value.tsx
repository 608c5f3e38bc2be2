// How a value that rows are grouped by looks.

import type { ReactElement } from "react";
import type { Groupable } from "../../../shared/rows.ts";
import { countryName } from "../../model/country-name.ts";
import { Glyph } from "../../widgets/glyph.tsx";
import { Encryption } from "../tables/cells.tsx";
import type { Key } from "./layout.ts";

const MONO: ReadonlySet<string> = new Set(["srcIp", "dstIp", "nic", "service", "dstPort"]);

export function KeyValue({
  field,
  value,
}: {
  readonly field: Groupable | undefined;
  readonly value: Key;
}): ReactElement {
  if (value === null) return <span className="dim">none</span>;
  const text = String(value);
  switch (field) {
    case "srcCountry":
    case "dstCountry":
      return (
        <>
          {text} <span className="dim">{countryName(text)}</span>
        </>
      );
    case "decision":
      return (
        <>
          <Glyph name={text === "deny" ? "denied" : "allowed"} /> {text}
        </>
      );
    case "encryption":
      return (
        <>
          <Encryption code={text} /> {text}
        </>
      );
    case "acl":
    case "flowLog":
      return <>{text.split("/").at(-1)}</>;
    default:
      return <span className={field !== undefined && MONO.has(field) ? "ip" : ""}>{text}</span>;
  }
}
