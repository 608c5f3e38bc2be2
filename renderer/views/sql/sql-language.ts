// SQL for the page's editor: its words by what they are, as classes that sql.css colours; and what can stand at the caret. Nothing is
// chosen until an arrow or Tab chooses it, so Enter always makes a line.

import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  selectedCompletionIndex,
  setSelectedCompletion,
} from "@codemirror/autocomplete";
import { StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import { answerTables, functions, keywords, nameInSql, proposalsAt, type Table } from "../../model/sql-words.ts";

/** What goes on over the end of a line. */
type Within = { open: "text" | "remark" | null };

const lower = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => name.toLowerCase()));
const words = lower(keywords);
const called = lower(functions.map(({ name }) => name));
const answers = lower(answerTables.map(({ name }) => name));
const columns = lower(answerTables.flatMap(({ fields }) => fields.map(({ name }) => name)));

/** `known`: tables of the case file, by name in lower case; they come when the case has been asked. */
function language(known: () => ReadonlySet<string>): StreamLanguage<Within> {
  function token(stream: StringStream, within: Within): string | null {
    if (within.open === "remark") return remark(stream, within);
    if (within.open === "text") return text(stream, within);
    if (stream.eatSpace()) return null;
    if (stream.match("--")) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match("/*")) return remark(stream, within);
    if (stream.match("'")) return text(stream, within);
    if (stream.match(/^\d[\w.]*/)) return "number";
    const [name] =
      (stream.match(/^(?:"(?:[^"]|"")*"?|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/) as RegExpMatchArray) ?? []; // a pattern gives a match or null
    if (name !== undefined) return kindOf(name.replaceAll('"', "").toLowerCase(), name.startsWith('"'), stream);
    stream.next();
    return "operator";
  }
  function kindOf(name: string, isQuoted: boolean, stream: StringStream): string | null {
    if (!isQuoted && called.has(name) && stream.match(/^\s*\(/, false)) return "called";
    if (answers.has(name) || known().has(name)) return "table";
    if (columns.has(name) && (isQuoted || !words.has(name))) return "column";
    if (!isQuoted && words.has(name)) return "keyword";
    return null;
  }
  return StreamLanguage.define<Within>({
    name: "sql",
    startState: () => ({ open: null }),
    token,
    languageData: { commentTokens: { line: "--" } },
    tokenTable: { called: tags.function(tags.name), table: tags.typeName, column: tags.propertyName },
  });
}

function remark(stream: StringStream, within: Within): string {
  within.open = stream.skipTo("*/") ? null : "remark";
  if (within.open === null) stream.match("*/");
  else stream.skipToEnd();
  return "comment";
}

function text(stream: StringStream, within: Within): string {
  within.open = "text";
  while (within.open !== null && !stream.eol()) {
    if (stream.match("''")) continue;
    if (stream.next() === "'") within.open = null;
  }
  return "string";
}

const classes = tagHighlighter([
  { tag: tags.keyword, class: "sql-word" },
  { tag: tags.typeName, class: "sql-name-of-table" },
  { tag: tags.propertyName, class: "sql-column" },
  { tag: tags.function(tags.name), class: "sql-function" },
  { tag: tags.string, class: "sql-text" },
  { tag: tags.number, class: "sql-number" },
  { tag: tags.comment, class: "sql-remark" },
  { tag: tags.operator, class: "sql-sign" },
]);

/** `own`: tables of the case file. */
export function sqlLanguage(own: () => readonly Table[]): Extension {
  let tables: readonly Table[] = [];
  let names: ReadonlySet<string> = new Set();
  const known = (): ReadonlySet<string> => {
    if (tables !== own()) {
      tables = own();
      names = lower(tables.map(({ name }) => name));
    }
    return names;
  };
  return [
    language(known),
    syntaxHighlighting(classes),
    autocompletion({
      override: [(context) => completionsAt(context, [...answerTables, ...own()])],
      selectOnOpen: false,
      interactionDelay: 0,
      activateOnTypingDelay: 50,
      icons: false,
      optionClass: ({ type = "" }) => `sql-option-${type}`,
    }),
  ];
}

const BOOSTS = { column: 3, table: 2, function: 1, word: 0 } as const;

function completionsAt(context: CompletionContext, tables: readonly Table[]): CompletionResult | null {
  const { state, pos, explicit } = context;
  const sql = state.doc.toString();
  const found = proposalsAt(sql, pos, tables);
  if (found === null) return null;
  const { from, proposals } = found;
  const isAsked = explicit || from < pos || sql[from - 1] === ".";
  if (!isAsked || proposals.length === 0) return null;
  return {
    from,
    validFor: /^\w*$/,
    options: proposals.map(({ kind, name, words: detail }) => ({
      label: name,
      detail,
      type: kind,
      boost: BOOSTS[kind],
      apply: kind === "column" ? nameInSql(name) : kind === "function" ? `${name}(` : name,
    })),
  };
}

/** Tab takes the one that is chosen, else the first; without any it goes on, as everywhere. */
export function takeProposal(view: EditorView): boolean {
  if (completionStatus(view.state) !== "active") return false;
  if (selectedCompletionIndex(view.state) === null) view.dispatch({ effects: setSelectedCompletion(0) });
  return acceptCompletion(view);
}
