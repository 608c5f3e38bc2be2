// The sample incident on disk: logs/ and logs.zip in Azure's layout, truth.json, STORY.md. The same bytes every time; nothing
// that already lies in the folder is deleted.

import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { incidentRows } from "./incident.ts";
import { blobs } from "./record.ts";
import { story } from "./story.ts";
import { emptyTally, tally } from "./tally.ts";
import { truthOf } from "./truth.ts";

export type SampleAccount = {
  /** Paths of what was written. */
  readonly logs: string;
  readonly zip: string;
  readonly truth: string;
  readonly story: string;
  readonly files: number;
  readonly records: number;
  readonly tuples: number;
  /** Of the log files, uncompressed. */
  readonly bytes: number;
};

/** Local fields on purpose: a zip entry's time has no zone, so these give the same bytes everywhere. */
const WRITTEN = new Date(2026, 2, 12, 8, 0, 0);

export async function writeSample(dir: string): Promise<SampleAccount> {
  const logs = join(dir, "logs");
  const counted = emptyTally();
  const files: { readonly path: string; readonly bytes: Buffer }[] = [];
  for (const blob of blobs(incidentRows())) {
    tally(counted, blob);
    files.push({ path: blob.path, bytes: Buffer.from(blob.text) });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));

  for (const { path, bytes } of files) {
    const target = join(logs, ...path.split("/"));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
  const zip = join(dir, "logs.zip");
  await writeZip(zip, files);
  const truth = truthOf(counted);
  await writeFile(join(dir, "truth.json"), `${JSON.stringify(truth, null, 2)}\n`);
  await writeFile(join(dir, "STORY.md"), story(truth));

  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  const { files: count, records, tuples } = counted;
  return {
    logs,
    zip,
    truth: join(dir, "truth.json"),
    story: join(dir, "STORY.md"),
    files: count,
    records,
    tuples,
    bytes,
  };
}

async function writeZip(
  path: string,
  files: readonly { readonly path: string; readonly bytes: Buffer }[],
): Promise<void> {
  const zip = new ZipFile();
  const options = { mtime: WRITTEN, mode: 0o100644, forceDosTimestamp: true };
  for (const file of files) zip.addBuffer(file.bytes, file.path, options);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
