// The documents held to the code: rooms, tables and columns, row fields, options, and the worked example of the record digest.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HELP } from "../../electron/cli/help.ts";
import { newBatch } from "../../electron/ingest/batch.ts";
import { newElements, walkElements } from "../../electron/ingest/elements.ts";
import { parts } from "../../electron/segment/columns.ts";
import { APPLICATION_ID } from "../../electron/store/database.ts";
import { migrations, NEWEST } from "../../electron/store/migrations/list.ts";
import { CaseInfo, IngestAccount, SourceAccount, sourceStatuses, Verification } from "../../shared/contract.ts";
import { failureKinds } from "../../shared/failure.ts";
import { rowFields } from "../../shared/rows.ts";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const architecture = read("ARCHITECTURE.md");
const caseFormat = read("docs/case-format.md");
const commandLine = read("docs/command-line.md");

type Rooms = {
  readonly rooms: Readonly<Record<string, { readonly rooms: readonly string[]; readonly node: boolean }>>;
  readonly packages: Readonly<Record<string, readonly string[]>>;
};
const importedRooms: string = new URL("../../build/rooms.mjs", import.meta.url).href;
const { rooms, packages } = (await import(importedRooms)) as Rooms; // plain data without types

/** Everything of `wanted` that the text does not say. */
function unsaid(text: string, wanted: Iterable<string>): string[] {
  return [...wanted].filter((word) => !text.includes(word));
}

/** The code block after `<!-- example: name -->`, without its last line end. */
function example(name: string): string {
  const [, block] = new RegExp(`<!-- example: ${name} -->\\n\`\`\`\\w*\\n([\\s\\S]*?)\\n\`\`\``).exec(caseFormat) ?? [];
  if (block === undefined) throw new Error(`docs/case-format.md has no example "${name}"`);
  return block;
}

describe("README.md", () => {
  test("has the two commands in code blocks", () => {
    const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, block]) => block);
    expect(blocks).toEqual(["npm ci && npm start", "npm ci && npm test"]);
  });

  test("links lead to files that are there", () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => path!);
    expect(links.length).toBeGreaterThan(3);
    for (const path of links) expect(read(path).length, path).toBeGreaterThan(0);
  });
});

describe("ARCHITECTURE.md", () => {
  test("has the import table of build/rooms.mjs", () => {
    const [, table = ""] = /\| room \| may import \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(architecture) ?? [];
    const rows = Object.entries(rooms).map(([name, room]) => {
      const own = Object.keys(packages).filter((key) => packages[key]!.includes(name));
      return `| ${name} | ${[...room.rooms, ...(room.node ? ["Node"] : []), ...own].join(", ")} |`;
    });
    expect(table.trimEnd().split("\n")).toEqual(rows);
  });

  test("has a paragraph for each room and for no other", () => {
    const [, section = ""] = /\n## Rooms\n([\s\S]*?)\n## /.exec(architecture) ?? [];
    const named = [...section.matchAll(/^\*\*([a-z]+)\*\* /gm)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(rooms));
  });

  test("names every kind of failure", () => {
    expect(unsaid(architecture, failureKinds)).toEqual([]);
  });

  test("is at most 200 lines long", () => {
    expect(architecture.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
  });
});

describe("docs/case-format.md", () => {
  const added = migrations.flatMap(({ sql }) => [...sql.matchAll(/ALTER TABLE (\w+) ADD COLUMN (\w+)/g)]);
  const tables = migrations.flatMap(({ sql }) =>
    [...sql.matchAll(/CREATE TABLE (\w+) \(([\s\S]*?)\) STRICT;/g)].map(([, name, body]) => ({
      name: name!,
      columns: [
        ...body!.split(/,(?![^(]*\))/).flatMap((column) => /^\s*([a-z_][a-z0-9_]*) /.exec(column)?.[1] ?? []),
        ...added.flatMap(([, table, column]) => (table === name ? column! : [])),
      ],
    })),
  );

  test("describes every table of the migrations and no other", () => {
    const described = [...caseFormat.matchAll(/\*\*`(\w+)`\*\*/g)].map(([, name]) => name).sort();
    expect(described).toEqual(tables.map(({ name }) => name).sort());
  });

  test.each(tables)("names every column of $name", ({ name, columns }) => {
    const from = caseFormat.indexOf(`**\`${name}\`**`);
    const rest = caseFormat.slice(from).replace(/\n## [\s\S]*/, "");
    expect(
      unsaid(
        rest,
        columns.filter((column) => column !== "id").map((column) => `\`${column}\``),
      ),
    ).toEqual([]);
  });

  test("names every part of a segment, the application id and the newest version", () => {
    expect(
      unsaid(
        caseFormat,
        parts.map((part) => `| \`${part}\` |`),
      ),
    ).toEqual([]);
    expect(caseFormat).toContain(`0x${APPLICATION_ID.toString(16).toUpperCase()}`);
    const versions = [...caseFormat.replace(/[\s\S]*\n## Versions\n/, "").matchAll(/^\| (\d+) \|/gm)].map(([, n]) =>
      Number(n),
    );
    expect(versions).toEqual(migrations.map(({ version }) => version));
    expect(versions.at(-1)).toBe(NEWEST);
  });

  test("the example's digest is that of its canonical form, and what reading the record gives", () => {
    const digest = example("digest");
    expect(createHash("sha256").update(example("canonical")).digest("hex").slice(0, 32)).toBe(digest);
    expect([digestRead(example("record")), digestRead(example("canonical"))]).toEqual([digest, digest]);
  });

  test("the example's canonical form says what the record says", () => {
    expect(JSON.parse(example("canonical"))).toEqual({ ...JSON.parse(example("record")), added: [1, 0, 1.5] });
  });

  test("the example's logical digest follows from its digest", () => {
    const sum = createHash("sha256")
      .update(Buffer.from(example("digest"), "hex"))
      .digest("hex");
    expect(example("logical digest")).toBe(sum);
  });
});

/** The digest that ingest gives the one record of a text. */
function digestRead(text: string): string {
  const bytes = Buffer.from(text);
  const batch = newBatch();
  walkElements(newElements(0), batch, bytes, bytes.length, 0, true);
  expect([batch.records.length, batch.raw.length, batch.rejects]).toEqual([1, 1, []]);
  return Buffer.from(batch.records.digest.subarray(0, 16)).toString("hex");
}

describe("docs/command-line.md", () => {
  test.each(Object.entries(rowFields))("lists the fields of %s in their order", (by, fields) => {
    const row = commandLine.split("\n").find((line) => line.startsWith(`| \`${by}\` |`));
    expect(row?.split("|")[2]).toContain(`\`${fields.join(", ")}\``);
  });

  test("has every command and option of the help", () => {
    const commands = [...HELP.matchAll(/^ {2}tidemark (\w+)/gm)].map(([, name]) => `tidemark ${name}`);
    const options = [...HELP.matchAll(/--[a-z-]+/g)].map(([name]) => name);
    expect(commands.length * options.length).toBeGreaterThan(0);
    expect(unsaid(commandLine, new Set([...commands, ...options]))).toEqual([]);
  });

  test("has every key of the JSON documents, every status and every exit code", () => {
    const documents = [CaseInfo, IngestAccount, SourceAccount, Verification];
    expect(
      unsaid(commandLine, new Set(documents.flatMap((one) => Object.keys(one.shape)).map((key) => `"${key}"`))),
    ).toEqual([]);
    expect(
      unsaid(
        commandLine,
        sourceStatuses.map((status) => `\`${status}\``),
      ),
    ).toEqual([]);
    for (const code of read("electron/cli/main.ts").matchAll(/^ {2}"?[a-z-]+"?: (\d+),$/gm))
      expect(commandLine).toContain(`\n| ${code[1]} |`);
  });
});
