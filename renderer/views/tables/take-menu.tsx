// Rows of a table copied in every form, or saved: those that are chosen, else all. Says how many, counts while it takes them, can be
// stopped.

import { Copy } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { Params } from "../../../shared/contract.ts";
import type { LanguageName } from "../../../shared/copy-as/languages.ts";
import { type Cell, fieldsOf, type Row } from "../../../shared/rows.ts";
import { countedAs } from "../../model/counting.ts";
import { count, instant } from "../../model/format.ts";
import { type Cells, type RowFormName, rowFormNames, rowForms } from "../../model/row-forms.ts";
import { countOf, type Ranges } from "../../model/row-ranges.ts";
import { saveText } from "../../model/save-file.ts";
import { fail, toast, useSession } from "../../model/session.ts";
import { anyOf, defanged, MOST_TERMS, rowsIn, saidIn } from "../../model/take-rows.ts";
import type { TableName } from "../../model/view.ts";
import type { RowColumn } from "./cells.tsx";
import { termOfRow } from "./row-selection.ts";
import { rowNouns, titles } from "./titles.ts";

type Props = {
  readonly table: TableName;
  readonly question: Params<"query.rows">;
  readonly columns: readonly RowColumn[];
  readonly length: number;
  readonly chosen: Ranges;
};

/** What a clipboard takes without the browser choking on it, in characters. */
const MOST_COPIED = 50_000_000;

const languages: readonly (readonly [LanguageName, string])[] = [
  ["tidemark", "Filter expression"],
  ["kql", "KQL"],
  ["sql", "SQL"],
  ["wireshark", "Wireshark filter"],
];

export function TakeMenu(props: Props): ReactElement {
  const { table, question, columns, length, chosen } = props;
  const [taking, setTaking] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  const open = useSession((session) => session.open);
  const info = useSession((session) => session.info);
  useEffect(() => () => stop.current?.abort(), []);
  const ranges: Ranges = chosen.length > 0 ? chosen : [[0, length]];
  const many = countOf(ranges);
  const [one, several] = rowNouns[table];
  const words = `${chosen.length > 0 || many === 1 ? "" : "all "}${count(many)} ${many === 1 ? one : several}`;
  const fields = fieldsOf({ by: table });
  const shown = columns.map(({ id }) => id).filter((id) => fields.includes(id));

  async function during(title: string, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const control = new AbortController();
    stop.current = control;
    setTaking(0);
    try {
      await run(control.signal);
    } catch (thrown) {
      if (!control.signal.aborted) fail(title, thrown);
    } finally {
      setTaking(null);
    }
  }

  async function* printed(name: RowFormName, of: readonly string[], signal: AbortSignal): AsyncGenerator<string> {
    const form = rowForms[name];
    let before = 0;
    yield form.head(of);
    for await (const rows of rowsIn(question, ranges, signal, setTaking)) {
      yield form.rows(
        of,
        rows.map((row): Cells => of.map((field): Cell => row[field] ?? null)),
        before,
      );
      before += rows.length;
    }
    yield form.end(of);
  }
  /** For eyes the columns that are shown, for machines every field. */
  const fieldsFor = (name: RowFormName): readonly string[] => (name === "json" || name === "ndjson" ? fields : shown);

  const copyForm = (name: RowFormName): Promise<void> =>
    during("The rows could not be copied.", async (signal) => {
      let text = "";
      for await (const piece of printed(name, fieldsFor(name), signal)) {
        text += piece;
        if (text.length > MOST_COPIED) {
          toast(`${words} are too much for the clipboard; save them as a file.`);
          return;
        }
      }
      await navigator.clipboard.writeText(text);
      toast(`${words} copied as ${rowForms[name].title}`);
    });

  const save = (name: RowFormName): Promise<void> =>
    during("The rows could not be saved.", async (signal) => {
      const saved = await saveText(`${table}.${rowForms[name].ending}`, printed(name, fields, signal), signal);
      if (saved) toast(`Saved: ${saved.path}, ${words}, ${count(saved.bytes)} B.`);
    });

  async function all(signal: AbortSignal): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const page of rowsIn(question, ranges, signal, setTaking)) rows.push(...page);
    return rows;
  }

  const copyIndicators = (): Promise<void> =>
    during("The addresses could not be copied.", async (signal) => {
      const list = defanged(await all(signal));
      if (list.length === 0) return toast(`No public address in ${words}.`);
      await navigator.clipboard.writeText(`${list.join("\n")}\n`);
      toast(`${count(list.length)} public ${list.length === 1 ? "address" : "addresses"} of ${words} copied, defanged`);
    });

  const copyIn = (language: LanguageName): Promise<void> =>
    during("The rows could not be copied.", async (signal) => {
      if (many > MOST_TERMS) return toast(`${words} make no filter; choose at most ${count(MOST_TERMS)} rows.`);
      const any = anyOf((await all(signal)).map((row) => termOfRow(table, row)));
      if ("why" in any) return toast(any.why);
      const { text, left } = saidIn(language, question.scope, any.filter);
      await navigator.clipboard.writeText(text);
      toast(left.length === 0 ? `${words} copied` : `${words} copied; it cannot say: ${left.slice(0, 3).join("; ")}`);
    });

  const cite = (): Promise<void> =>
    during("The rows could not be cited.", async (signal) => {
      if (many > MOST_TERMS) return toast(`Choose at most ${count(MOST_TERMS)} rows to cite them.`);
      const { scope } = question;
      const range =
        scope.from === null && scope.to === null
          ? "the whole case"
          : `${scope.from === null ? "the beginning" : `${instant(scope.from)} UTC`} to ${scope.to === null ? "the end" : `${instant(scope.to)} UTC`}`;
      const rows = await all(signal);
      const lines = [
        `Case ${open?.name ?? ""} (logical digest ${info?.logicalDigest ?? ""}), ${titles[table]}, ${range}, filter ${scope.filter || "none"}, ${countedAs(scope)}:`,
        ...rows.map((row) => `- ${citation(table, row)}`),
      ];
      await navigator.clipboard.writeText(`${lines.join("\n")}\n`);
      toast(`${words} cited`);
    });

  if (taking !== null)
    return (
      <span className="table-copying" role="status">
        {count(taking)} of {count(many)}{" "}
        <button type="button" className="button small" onClick={() => stop.current?.abort()}>
          Stop
        </button>
      </span>
    );
  const isTuples = table !== "members" && table !== "rejects";
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="icon-button"
        aria-label="Copy or save rows"
        title={`Copy or save ${words}`}
        disabled={length === 0}
      >
        <Copy size={14} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">Copy {words} as</DropdownMenu.Label>
          {rowFormNames.map((name) => (
            <Choice key={name} title={rowForms[name].title} run={() => void copyForm(name)} />
          ))}
          {isTuples ? (
            <>
              <DropdownMenu.Separator className="menu-line" />
              <Choice title="Addresses, defanged" run={() => void copyIndicators()} />
              {languages.map(([name, title]) => (
                <Choice key={name} title={title} run={() => void copyIn(name)} />
              ))}
            </>
          ) : null}
          <Choice title="Citation" run={() => void cite()} />
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Label className="menu-label">Save {words}, every field, as</DropdownMenu.Label>
          {(["csv", "tsv", "ndjson", "json"] as const).map((name) => (
            <Choice key={name} title={`${rowForms[name].title} file…`} run={() => void save(name)} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choice({ title, run }: { readonly title: string; readonly run: () => void }): ReactElement {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={run}>
      {title}
    </DropdownMenu.Item>
  );
}

/** A place where the row has one; else what it is and its figures. */
function citation(table: TableName, row: Row): string {
  if (row.member !== undefined && row.record !== undefined && row.record !== null)
    return `${String(row.member)}, record ${String(row.record)}, tuple ${String(row.tuple ?? "–")}; from ${String(row.source)}`;
  if (table === "members") return `${String(row.member)}, SHA-256 ${String(row.sha256)}; from ${String(row.source)}`;
  const figures = ["tuples", "allowed", "denied", "bytesSent", "bytesReceived", "bytesOut", "bytesIn"].flatMap(
    (field) => (typeof row[field] === "number" ? [`${field} ${row[field]}`] : []),
  );
  return `${termOfRow(table, row) ?? ""}: ${figures.join(", ")}`;
}
