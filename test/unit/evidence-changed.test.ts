// Evidence that changes while it is read is told, whatever it was: 50 runs, ten of each kind, the change made between two reads.

import {
  appendFileSync,
  closeSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { listSource } from "../../electron/archive/list-source.ts";
import { type MemberBytes, openMember } from "../../electron/archive/open-member.ts";
import { readUnit } from "../../electron/ingest/read-unit.ts";
import type { MemberRead } from "../../electron/segment/part.ts";
import { folder, put } from "../support/cli.ts";
import { manyLogs } from "../support/logs.ts";

/** Of more than one read: 1.5 MB. */
const [[, log] = ["", Buffer.alloc(0)]] = manyLogs(1, 100, 200);

function overwrite(file: string): void {
  const fd = openSync(file, "r+");
  writeSync(fd, "9", statSync(file).size - 200);
  closeSync(fd);
}

const changes: readonly (readonly [string, (file: string) => void])[] = [
  ["cut off", (file) => truncateSync(file, 1_200_000)],
  ["grown", (file) => appendFileSync(file, " ")],
  [
    "replaced by a rename",
    (file) => {
      put(dirname(file), [["other", log]]);
      renameSync(join(dirname(file), "other"), file);
    },
  ],
  ["removed", (file) => rmSync(file)],
  [
    "overwritten, its time set back",
    (file) => {
      const { atime, mtime } = statSync(file);
      overwrite(file);
      utimesSync(file, atime, mtime);
    },
  ],
];

async function readWhile(change: (file: string) => void): Promise<MemberRead | undefined> {
  const home = folder([["PT1H.json", log]]);
  const file = join(home, "PT1H.json");
  const { members, close } = await listSource(file, null);
  let read: MemberRead | undefined;
  await wait(5); // the clock of the file system ticks
  const changing = async (entry: (typeof members)[number]): Promise<MemberBytes> => {
    const bytes = await openMember(entry);
    let reads = 0;
    return {
      ...bytes,
      read: (into, at, length) => {
        if (++reads === 2) change(file);
        return bytes.read?.(into, at, length) ?? 0;
      },
    };
  };
  await readUnit(
    { unit: 0, members, embed: true },
    async (part) => {
      read = part.members[0] ?? read;
    },
    changing,
  );
  close();
  return read;
}

test.each(changes)("%s: partial, and it says so (10 of 10)", async (_, change) => {
  for (let run = 0; run < 10; run++)
    expect(await readWhile(change)).toMatchObject({
      status: "partial",
      reason: expect.stringMatching(/changed while it was read/),
    });
});

test("changed between being listed and being read: partial, and it says so", async () => {
  const home = folder([["PT1H.json", log]]);
  const { members } = await listSource(home, null);
  appendFileSync(join(home, "PT1H.json"), " ");
  let read: MemberRead | undefined;
  await readUnit({ unit: 0, members, embed: true }, async (part) => {
    read = part.members[0] ?? read;
  });
  expect(read).toMatchObject({
    status: "partial",
    reason: expect.stringMatching(/between being listed and being read/),
  });
});

test("a disk that gives up in the middle: what was read is kept, and it says where", async () => {
  const home = folder([["PT1H.json", log]]);
  const { members } = await listSource(home, null);
  let read: MemberRead | undefined;
  let records = 0;
  await readUnit(
    { unit: 0, members, embed: true },
    async (part) => {
      read = part.members[0] ?? read;
      records += part.records.length;
    },
    async (entry) => {
      const bytes = await openMember(entry);
      let reads = 0;
      return {
        ...bytes,
        read: (into, at, length) => {
          if (++reads === 2) throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
          return bytes.read?.(into, at, length) ?? 0;
        },
      };
    },
  );
  expect(read).toMatchObject({ status: "partial", reason: "it cannot be read beyond byte 1048576 (EIO)" });
  expect(records).toBeGreaterThan(10);
});

test("untouched: complete", async () => {
  expect(await readWhile(() => {})).toMatchObject({ status: "complete", reason: null });
});
