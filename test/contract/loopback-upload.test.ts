// Evidence that a page sends: what was sent is what is added, names lead nowhere else, and the spool does not outlive its use.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { connect as openSocket } from "node:net";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Params } from "../../shared/contract.ts";
import { failureOf } from "../../shared/failure.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { listing } from "../support/cli.ts";
import {
  type App,
  openWindow,
  type Reply,
  send,
  smallCase,
  smallLog,
  startApp,
  type Window,
} from "../support/loopback.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});

/** Named by the process that receives, so that what it leaves when it is killed is known as left. */
const ownFolder = (ticket: string): string => `${ticket}.${process.pid}@${hostname()}`;
const put = (ticket: string, path: string, bytes: Buffer | string): Promise<Reply> =>
  send(app.port, "PUT", `/evidence/${ticket}/${path}`, { cookie: app.cookie, origin: app.origin }, bytes);
const adding = (upload: string, embed = true): Params<"source.add"> => ({ paths: [], upload, embed, jobs: 1 });
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

async function opened(): Promise<{ readonly window: Window; readonly path: string; readonly spool: string }> {
  const path = await smallCase();
  const window = await openWindow(app);
  await window.ask("case.open", { path });
  return { window, path, spool: `${path}.uploads` };
}

async function failing(asked: Promise<unknown>): Promise<string> {
  return (await asked.then(() => expect.fail("it was answered"), failureOf)).kind;
}

describe("an upload", () => {
  test("of a folder and a file adds what was sent, by its names and hashes, and leaves nothing behind", async () => {
    const { window, path, spool } = await opened();
    const { ticket } = await window.ask("upload.ticket", {});
    const [a, b, c] = [
      smallLog("10.0.1.1", "000D3A000001"),
      smallLog("10.0.1.2", "000D3A000002"),
      smallLog("10.0.1.3"),
    ];
    const sent: readonly (readonly [string, Buffer])[] = [
      ["logs/y=2025/m=03/PT1H.json", a],
      ["logs/y=2025/m=04/PT1H.json", b],
      [encodeURIComponent("Größe & 100 %.json.gz"), gzipSync(c)],
    ];
    for (const [name, bytes] of sent) {
      const reply = await put(ticket, name, bytes);
      expect([reply.status, JSON.parse(reply.body)]).toEqual([201, { bytes: bytes.length, sha256: sha256(bytes) }]);
    }
    const account = await window.ask("source.add", adding(ticket));
    expect(account.sources.map((source) => [basename(source.path), source.kind, source.status, source.tuples])).toEqual(
      [
        ["Größe & 100 %.json.gz", "gzip", "complete", 2],
        ["logs", "folder", "complete", 4],
      ],
    );
    const { rows } = await window.ask("query.rows", {
      ...{ by: "tuples", scope: { ...EVERYTHING, filter: "src in {10.0.1.1, 10.0.1.2, 10.0.1.3}" } },
      ...{ sort: null, limit: 0, after: 0, bin: null },
    });
    expect(rows.map((row) => `${row.srcIp} ${row.member} ${row.state}`).sort()).toEqual([
      "10.0.1.1 y=2025/m=03/PT1H.json B",
      "10.0.1.1 y=2025/m=03/PT1H.json E",
      "10.0.1.2 y=2025/m=04/PT1H.json B",
      "10.0.1.2 y=2025/m=04/PT1H.json E",
      "10.0.1.3 Größe & 100 %.json.gz B",
      "10.0.1.3 Größe & 100 %.json.gz E",
    ]);
    const members = await window.ask("query.rows", {
      ...{ by: "members", scope: EVERYTHING, sort: null, limit: 0, after: 0, bin: null },
    });
    const hashes = members.rows.map((row) => row.sha256);
    expect(hashes).toEqual(expect.arrayContaining([sha256(a), sha256(b)]));
    expect(existsSync(spool)).toBe(false);
    expect(listing(dirname(path)).filter((name) => name.includes("upload"))).toEqual([]);
    expect((await window.ask("case.verify", {})).ok).toBe(true);
    expect((await put(ticket, "late.json", a)).status).toBe(404);
    await window.leave();
  });

  test("that holds no flow log is refused as any evidence is, and its spool goes too", async () => {
    const { window, spool } = await opened();
    const { ticket } = await window.ask("upload.ticket", {});
    await put(ticket, "holiday.txt", "not a log");
    const { sources } = await window.ask("source.add", adding(ticket));
    expect(sources.map(({ status }) => status)).toEqual(["refused"]);
    expect(existsSync(spool)).toBe(false);
    await window.leave();
  });

  test("whose window leaves, or which is not used, is deleted", async () => {
    const { window, spool } = await opened();
    const [one, two] = [await window.ask("upload.ticket", {}), await window.ask("upload.ticket", {})];
    await put(one.ticket, "a.json", smallLog("10.0.1.1"));
    await put(two.ticket, "a.json", smallLog("10.0.1.1"));
    expect(listing(spool).length).toBe(4);
    await window.leave();
    await vi.waitUntil(() => !existsSync(spool), { timeout: 10_000 });
    expect((await put(one.ticket, "b.json", "x")).status).toBe(404);
  });

  test("is of the window that asked for it, is embedded, holds something, and is added once", async () => {
    const { window, path } = await opened();
    const stranger = await openWindow(app);
    await stranger.ask("case.open", { path });
    const { ticket } = await window.ask("upload.ticket", {});
    expect(await failing(window.ask("source.add", adding(ticket)))).toBe("bad-request");
    await put(ticket, "a.json", smallLog("10.0.1.1"));
    expect(await failing(stranger.ask("source.add", adding(ticket)))).toBe("not-found");
    expect(await failing(window.ask("source.add", adding("0".repeat(32))))).toBe("not-found");
    expect(await failing(window.ask("source.add", adding(ticket, false)))).toBe("bad-request");
    expect((await window.ask("source.add", adding(ticket))).added.tuples).toBe(2);
    expect(await failing(window.ask("source.add", adding(ticket)))).toBe("not-found");
    await stranger.leave();
    await window.leave();
  });

  test("of a file that does not arrive whole keeps nothing of it, and cannot be added meanwhile", async () => {
    const { window, spool } = await opened();
    const { ticket } = await window.ask("upload.ticket", {});
    const socket = openSocket(app.port, "127.0.0.1");
    const head = [
      `PUT /evidence/${ticket}/cut.json HTTP/1.1`,
      `Host: 127.0.0.1:${app.port}`,
      `Origin: ${app.origin}`,
      `Cookie: ${app.cookie}`,
      "Content-Length: 1000000",
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n{"records":[`);
    const file = join(spool, ownFolder(ticket), "cut.json");
    await vi.waitUntil(() => existsSync(file), { timeout: 10_000 });
    expect(await failing(window.ask("source.add", adding(ticket)))).toBe("busy");
    socket.destroy();
    await vi.waitUntil(() => !existsSync(file), { timeout: 10_000 });
    await window.leave();
  });
});

describe("a hostile name", () => {
  const part = fc.constantFrom(
    ..."a b.json .. . ... / // \\ %2e%2e %2e %2f %5c %00 %0a C: c:%5c con NUL.json lpt1 aux. ~ %ff %C0%AE x%20 etc passwd".split(
      " ",
    ),
    ...["..%2f..%2f", "%2fetc", "a".repeat(300), "%25", "%", "$DATA", "::$INDEX", "file.", " ".replace(" ", "%20")],
  );

  test("puts nothing outside its own spool: 1,000 generated ones", { timeout: 120_000 }, async () => {
    const { window, path, spool } = await opened();
    const { ticket } = await window.ask("upload.ticket", {});
    const home = dirname(path);
    const outside = (): string[] =>
      listing(home).filter((name) => !name.startsWith(`${basename(spool)}/${ownFolder(ticket)}/`));
    const before = outside();
    const statuses = new Set<number>();
    for (const parts of fc.sample(fc.array(part, { minLength: 1, maxLength: 5 }), { numRuns: 1000, seed: 7 })) {
      const name = parts.join("");
      const { status } = await put(ticket, name, "x");
      statuses.add(status);
      if (status !== 201) continue;
      const names = name.split("/").map(decodeURIComponent);
      const odd = names.filter((each) => !/^[\w~%$.: -]+$/.test(each) || /^\.+$/.test(each) || /[:\\]/.test(each));
      expect([name, odd]).toEqual([name, []]);
      expect(readFileSync(join(spool, ownFolder(ticket), ...names), "utf8")).toBe("x");
    }
    expect(outside()).toEqual(before);
    expect(statuses).toEqual(new Set([201, 400]));
    await window.leave();
  });

  test("is refused with a sentence; a name that was received is not written over", async () => {
    const { window, spool } = await opened();
    const { ticket } = await window.ask("upload.ticket", {});
    for (const name of [
      "../a.json",
      "..%2fa.json",
      "a/../../b",
      "/a",
      "a//b",
      "C%3A/a",
      "a%00b",
      "nul",
      "COM1.json",
      "a.",
      "%ff",
    ]) {
      const { status, body } = await put(ticket, name, "x");
      const { failure } = JSON.parse(body) as { failure: { kind: string; message: string } };
      expect([name, status, failure.kind]).toEqual([name, 400, "bad-request"]);
      expect(failure.message).toMatch(/^A file cannot be received[^\n]*\.$/);
    }
    expect((await put(ticket, "a/b", "first")).status).toBe(201);
    expect((await put(ticket, "a/b", "second")).status).toBe(400);
    expect((await put(ticket, "a", "third")).status).toBe(400);
    expect((await put(ticket, "a/b/c", "fourth")).status).toBe(400);
    const large = await put(ticket, "a/b", Buffer.alloc(20_000_000)); // told, though nothing of it is taken
    expect([large.status, large.body.includes("received already")]).toEqual([400, true]);
    expect(readFileSync(join(spool, ownFolder(ticket), "a", "b"), "utf8")).toBe("first");
    for (const wrong of ["", "x", "../..", ticket.toUpperCase(), `${ticket}0`])
      expect((await put(wrong, "a.json", "x")).status).toBe(404);
    await window.leave();
  });
});
