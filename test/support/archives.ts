// The same logs in every kind of archive: seeded records of all versions, written in some form, split, repeated, overlapping, in any
// order and container. What they say is known from the records alone.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { TAR_END, tarEntry } from "./containers.ts";
import { nsgRecord, randomFrom, vnetRecord } from "./logs.ts";
import { zipped } from "./zip.ts";

export type Random = { (): number; pick(most: number): number; of<V>(values: readonly V[]): V };

export function randomOf(seed: number): Random {
  const random = randomFrom(seed);
  const pick = (most: number): number => Math.floor(random() * most);
  return Object.assign(() => random(), { pick, of: <V>(values: readonly V[]): V => values[pick(values.length)]! });
}

const T = Date.UTC(2025, 2, 4, 10);

function tuple(r: Random, form: "v1" | "v2" | "v4", at: number): string {
  const src = r() < 0.05 ? "2001:db8::5" : `10.0.${r.pick(2)}.${r.pick(6)}`;
  const dst = r() < 0.05 ? "::ffff:10.9.9.9" : `10.0.${r.pick(2)}.${r.pick(250)}`;
  const ports = `${1024 + r.pick(50)},${r.of([53, 80, 443, 70000])}`; // the last makes it a reject
  const counts = r.of(["0,0,0,0", ",,,", `${r.pick(99)},${r.pick(9999)},${r.pick(99)},${r.pick(9999)}`]);
  if (form === "v4")
    return `${at},${src},${dst},${ports},${r.of([6, 17])},${r.of("IO".split(""))},${r.of("BCED".split(""))},${r.of(["NX", "X", "NX_LOCAL_DST"])},${counts}`;
  const head = `${Math.floor(at / 1000)},${src},${dst},${ports},${r.of(["T", "U"])},${r.of(["I", "O"])},${r.of(["A", "D"])}`;
  return form === "v1" ? head : `${head},${r.of(["B", "C", "E"])},${counts}`;
}

/** Records no two of which are equal, nor to one of a log with another number. */
export function logOf(r: Random, log: number): object[] {
  const form = r.of(["v1", "v2", "v4", "v4", "mixed"] as const);
  return Array.from({ length: 1 + r.pick(8) }, (_, n) => {
    const own = form === "mixed" ? r.of(["v1", "v2", "v4"] as const) : form;
    const at = T + r.pick(60) * 60_000;
    const groups = Array.from({ length: 1 + r.pick(2) }, (_, g) => {
      const tuples = Array.from({ length: r.pick(5) }, () => tuple(r, own, at + r.pick(60_000)));
      return [`UserRule_${r.pick(3)}`, ...tuples, ...(g === 0 && tuples[0] && r() < 0.2 ? [tuples[0]] : [])] as const;
    });
    const mac = `000D3A00000${r.pick(3)}`;
    const time = new Date(at).toISOString().replace("Z", `${String(n).padStart(4, "0")}Z`);
    const record = own === "v4" ? vnetRecord(groups, { mac, time }) : nsgRecord(own === "v1" ? 1 : 2, groups, mac);
    return { ...record, time, log };
  });
}

function textOf(r: Random, record: object): string {
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : value !== null && typeof value === "object"
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, reversed(each)]),
          )
        : value;
  switch (r.pick(6)) {
    case 0:
      return JSON.stringify(record, null, r.of([1, 4, "\t"]));
    case 1:
      return JSON.stringify(reversed(record));
    case 2:
      return JSON.stringify(record)
        .replace(/"time"/g, '"\\u0074ime"')
        .replaceAll("10.0.", "10\\u002e0.");
    default:
      return JSON.stringify(record);
  }
}

function fileOf(r: Random, records: readonly object[]): Buffer {
  const all = records.map((record) => textOf(r, record));
  const nested = (list: readonly string[]): string =>
    list.length < 2 ? `{"records":[${list}]}` : `{"records":[${list[0]},${nested(list.slice(1))}]}`;
  const text = r.of([
    () => `{"records":[${all.join(",")}]}`,
    () => `{"records":[${all.join(",")}]}`,
    () => `\uFEFF{"records":[\r\n${all.join(",\r\n")}]}\r\n`,
    () => `[${all.join(",")}]`,
    () => all.join("\n"),
    () => nested(all),
  ])();
  return Buffer.from(text);
}

/** Files that hold the records, all of them at least once: split, some twice, some windows overlapping, in any order. */
function filesOf(r: Random, log: readonly object[]): (readonly [string, Buffer])[] {
  const shuffled = log
    .map((record) => ({ record, key: r() }))
    .sort((a, b) => a.key - b.key)
    .map(({ record }) => record);
  const order = r() < 0.5 ? log : shuffled;
  const files: object[][] = [];
  for (let from = 0; from < order.length; ) {
    const length = 1 + r.pick(order.length);
    files.push(order.slice(Math.max(0, from - r.pick(3)), from + length)); // begins before the end of the one before, or not
    from += length;
  }
  for (const file of files) if (r() < 0.2) file.push(r.of(file));
  if (r() < 0.2) files.push([...r.of(files)]);
  return files.map((records, n) => {
    const name = `y=2025/m=03/d=04/h=${String(r.pick(24)).padStart(2, "0")}/m=00/macAddress=000D3A00000${n}/PT1H.json`;
    return [name, fileOf(r, records)] as const;
  });
}

/** Writes the log below `home` in some container; the paths to be added, in their order. `what` says what was chosen. */
export function writeArchive(r: Random, log: readonly object[], home: string): { paths: string[]; what: string } {
  const files = filesOf(r, log);
  const put = (name: string, bytes: Buffer): string => {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };
  const what = r.of([
    "folder",
    "folder with gzip",
    "folder with a zip",
    "zip",
    "files",
    "gzip files",
    "gzip members",
    "tar",
    "tar.gz",
    "zip in a tar.gz",
    "tar beside gzip in a zip",
  ] as const);
  const tarred = (of: typeof files): Buffer =>
    Buffer.concat([...of.map(([name, bytes]) => tarEntry(name, bytes)), TAR_END]);
  const flat = (n: number): string => r.of([`PT1H (${n}).json`, `log${n}`, `macAddress%3D000D3A${n}.json`]);
  switch (what) {
    case "folder":
    case "folder with gzip":
      for (const [name, bytes] of files) {
        if (what === "folder" || r() < 0.5) put(`logs/${name}`, bytes);
        else put(`logs/${name}.gz`, gzipSync(bytes));
      }
      return { paths: [join(home, "logs")], what };
    case "folder with a zip": {
      const [first, ...more] = files;
      put(`logs/${first![0]}`, first![1]);
      if (more.length > 0) put("logs/rest.zip", zipped(more));
      return { paths: [join(home, "logs")], what };
    }
    case "zip":
      return { paths: [put("logs.zip", zipped(files))], what };
    case "files":
      return { paths: files.map(([, bytes], n) => put(flat(n), bytes)), what };
    case "gzip files":
      return { paths: files.map(([, bytes], n) => put(`${n}.json.gz`, gzipSync(bytes))), what };
    case "gzip members": {
      const members = files.map(([, bytes]) => Buffer.concat([gzipSync(bytes), gzipSync(Buffer.from("\n"))]));
      return { paths: [put("all.json.gz", Buffer.concat(members))], what };
    }
    case "tar":
      return { paths: [put("logs.tar", tarred(files))], what };
    case "tar.gz":
      return { paths: [put(r.of(["logs.tgz", "logs.tar.gz"]), gzipSync(tarred(files)))], what };
    case "zip in a tar.gz":
      return { paths: [put("logs.tar.gz", gzipSync(tarred([["in.zip", zipped(files)]])))], what };
    case "tar beside gzip in a zip": {
      const [[name, bytes] = ["", Buffer.alloc(0)], ...more] = files;
      const inside = [
        [`${name}.gz`, gzipSync(bytes)],
        ["more.tar", tarred(more)],
      ] as const;
      return { paths: [put("logs.zip", zipped(more.length > 0 ? inside : inside.slice(0, 1)))], what };
    }
  }
}
