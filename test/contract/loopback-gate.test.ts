// Who gets in, and what can be had: one browser by one token, from this server's own pages, and nothing outside the page's files.

import { once } from "node:events";
import { connect as openSocket } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { STYLE_NONCE } from "../../electron/host/content-security-policy.ts";
import { startLoopback } from "../../electron/loopback/server.ts";
import { failureOf } from "../../shared/failure.ts";
import { MESSAGE_BYTES } from "../../shared/rpc.ts";
import { folder } from "../support/cli.ts";
import { type App, get, openWindow, pageFiles, type Reply, send, startApp } from "../support/loopback.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${STYLE_NONCE}'`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types tidemark dompurify",
].join("; ");

function expectHeaders({ headers }: Reply): void {
  expect(headers).toMatchObject({
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "content-type": expect.stringMatching(/^[a-z]+\/[a-z0-9+.-]+(; charset=utf-8)?$/),
  });
  expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
}

const own = (): Record<string, string> => ({ cookie: app.cookie, origin: app.origin });

describe("a token", () => {
  test("is exchanged once for a cookie of this port that no script and no other site gets", async () => {
    const { search } = new URL(app.invite());
    const first = await get(app.port, `/${search}`);
    expect([first.status, first.headers.location]).toEqual([303, "/"]);
    expect(first.headers["set-cookie"]).toEqual([
      expect.stringMatching(new RegExp(`^tidemark-${app.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`)),
    ]);
    expectHeaders(first);
    const second = await get(app.port, `/${search}`);
    expect([second.status, second.headers["set-cookie"]]).toEqual([403, undefined]);
  });

  test("that is used up leads a browser that is in to the page again", async () => {
    const { search } = new URL(app.url);
    const again = await get(app.port, `/${search}`, { cookie: app.cookie });
    expect([again.status, again.headers.location, again.headers["set-cookie"]]).toEqual([303, "/", undefined]);
  });

  test("that was never given, or is longer, shorter or empty, lets nobody in", async () => {
    const { search } = new URL(app.invite());
    for (const wrong of ["?token=", "?token=x", `${search}x`, search.slice(0, -1), `?x=1&${search.slice(1)}`])
      expect((await get(app.port, `/${wrong}`)).status).toBe(403);
    expect((await get(app.port, `/${search}`)).status).toBe(303);
  });

  test("of an address with a fragment keeps it at its end", () => {
    expect(app.invite("/explore?case=%2Fa")).toMatch(/\/\?token=[\w-]{43}#\/explore\?case=%2Fa$/);
  });
});

describe("every request", () => {
  test("with the cookie gets the page's files with their types, as often as it asks", async () => {
    const types = ["text/html", "text/javascript", "text/javascript", "text/css", "font/woff2"];
    for (const [i, [name, text]] of pageFiles.entries()) {
      const path = `/${name.split("/").map(encodeURIComponent).join("/")}`;
      for (const way of [path, path, `${path}?v=1`]) {
        const reply = await get(app.port, way, { cookie: app.cookie });
        expect([reply.status, reply.body, reply.headers["content-type"]?.split(";")[0]]).toEqual([200, text, types[i]]);
        expectHeaders(reply);
      }
    }
    expect((await get(app.port, "/", { cookie: app.cookie })).body).toBe(pageFiles[0]![1]);
    const head = await send(app.port, "HEAD", "/", { cookie: app.cookie });
    expect([head.status, head.body, head.headers["content-length"]]).toEqual([200, "", `${pageFiles[0]![1].length}`]);
  });

  test("without the right cookie gets one plain sentence", async () => {
    const [name, secret] = app.cookie.split("=") as [string, string];
    const wrong = [
      "",
      name,
      `${name}=`,
      `${name}=${secret}x`,
      `${name}=${secret.slice(1)}`,
      `tidemark-1=${secret}`,
      `x${name}=${secret}`,
      `${name}=x; ${name}=${secret}`,
    ];
    for (const cookie of wrong)
      for (const path of ["/", "/assets/main.css", "/nothing", "/wire"]) {
        const reply = await get(app.port, path, { cookie });
        expect([reply.status, reply.body]).toEqual([403, expect.stringMatching(/^[^<>\n]+\.\n$/)]);
        expectHeaders(reply);
      }
  });

  test("for another host gets nothing, with cookie or token: a name that was led here by DNS", async () => {
    const { search } = new URL(app.invite());
    for (const host of ["evil.example", `evil.example:${app.port}`, "127.0.0.1", `127.0.0.1:${app.port + 1}`])
      for (const path of ["/", `/${search}`]) {
        const reply = await get(app.port, path, { cookie: app.cookie, host });
        expect([host, reply.status, reply.headers["set-cookie"]]).toEqual([host, 403, undefined]);
        expectHeaders(reply);
      }
    expect((await get(app.port, "/", { cookie: app.cookie, host: `localhost:${app.port}` })).status).toBe(200);
    expect((await get(app.port, `/${search}`)).status).toBe(303);
  });

  test("that would change something must come from a page of this server", async () => {
    const path = `/evidence/${"0".repeat(32)}/a.json`;
    for (const origin of [
      "null",
      "http://evil.example",
      `https://127.0.0.1:${app.port}`,
      `http://localhost:${app.port}`,
    ])
      for (const method of ["PUT", "POST", "DELETE", "PATCH", "OPTIONS"]) {
        const reply = await send(app.port, method, path, { cookie: app.cookie, origin }, "x");
        expect([method, origin, reply.status]).toEqual([method, origin, 403]);
        expectHeaders(reply);
      }
    expect((await send(app.port, "PUT", path, { cookie: app.cookie }, "x")).status).toBe(403);
    expect((await send(app.port, "PUT", path, own(), "x")).status).toBe(404);
    for (const method of ["PUT", "POST", "DELETE", "OPTIONS"]) {
      const reply = await send(app.port, method, "/", own(), "x");
      expect([method, reply.status]).toEqual([method, 405]);
      expectHeaders(reply);
    }
  });
});

describe("nothing outside the page's files is served", () => {
  const part = fc.constantFrom(
    ..."/ // . .. ... %2e %2e%2e %2E. .%2e %2f %5c \\ ; ~ assets main.css main-1a2b.js index.html etc passwd".split(
      " ",
    ),
    ..."package.json config recents.json %00 %252e%252e C: file: http: @ %c0%ae ::$DATA ? # wire evidence proc self".split(
      " ",
    ),
  );
  const files = new Map(pageFiles.map(([name, text]) => [`/${name}`, text]));

  test("whatever path is asked for: 5,000 generated ones", { timeout: 120_000 }, async () => {
    const paths = fc.sample(fc.array(part, { minLength: 1, maxLength: 9 }), { numRuns: 5000, seed: 20260312 });
    let served = 0;
    for (const parts of paths) {
      const path = `/${parts.join("")}`;
      const { status, body } = await get(app.port, path, { cookie: app.cookie });
      const [named = ""] = path.split("?");
      const wanted = named === "/" ? files.get("/index.html") : files.get(named);
      expect([path, status, wanted === undefined ? null : body]).toEqual([path, wanted ? 200 : 404, wanted ?? null]);
      served += status === 200 ? 1 : 0;
    }
    expect(served).toBeGreaterThan(0);
  });

  test("not even by an address without a slash, of another server or of none", async () => {
    for (const path of ["*", `http://127.0.0.1:${app.port}/index.html`, "index.html", "http://evil.example/"]) {
      const reply = await get(app.port, path, { cookie: app.cookie });
      expect([path, reply.status >= 400, reply.body.includes("<")]).toEqual([path, true, false]);
    }
  });

  test("and a folder without a page is no page", async () => {
    const failed = await startLoopback({ page: folder([["a.js", ""]]) }).catch(failureOf);
    expect(failed).toMatchObject({ kind: "not-found", message: expect.stringContaining("it has not been built") });
  });
});

describe("a WebSocket", () => {
  /** The status with which it is refused; 101 where it opens. */
  async function upgraded(path: string, headers: Record<string, string>): Promise<number> {
    const socket = new WebSocket(`ws://127.0.0.1:${app.port}${path}`, { headers });
    const status = await new Promise<number>((settle) => {
      socket.on("open", () => settle(101));
      socket.on("unexpected-response", (_, response) => {
        expectHeaders({ status: 0, headers: response.headers, body: "" });
        settle(response.statusCode ?? 0);
      });
      socket.on("error", () => {});
    });
    socket.terminate();
    return status;
  }

  test("opens at /wire for a page of this server with the cookie", async () => {
    expect(await upgraded("/wire", own())).toBe(101);
  });

  test("is refused to a stranger, to a page of another server, for another host and elsewhere", async () => {
    const { cookie, origin } = app;
    expect(await upgraded("/wire", { origin })).toBe(403);
    expect(await upgraded("/wire", { cookie })).toBe(403);
    for (const other of ["null", "http://evil.example", `http://localhost:${app.port}`, `${origin}0`])
      expect(await upgraded("/wire", { cookie, origin: other })).toBe(403);
    expect(await upgraded("/wire", { cookie, origin: "http://evil.example", host: "evil.example" })).toBe(403);
    for (const path of ["/", "/wire/", "/wire?x=1", "/assets/main.css"]) expect(await upgraded(path, own())).toBe(404);
  });

  test("is closed by what is no JSON text or too large, and the server goes on", async () => {
    for (const [message, code] of [
      ["{", 1003],
      [Buffer.from("{}"), 1003],
      ["x".repeat(MESSAGE_BYTES + 1), 1009],
    ] as const) {
      const window = await openWindow(app);
      const closed = once(window.socket, "close") as Promise<[number]>;
      window.socket.send(message);
      expect((await closed)[0]).toBe(code);
    }
    const window = await openWindow(app);
    window.socket.send('[1, null, {"id": "x"}]');
    window.socket.send("null");
    expect(await window.ask("app.about", {})).toMatchObject({ host: "loopback", node: process.versions.node });
    await window.leave();
  });
});

test("bytes that are no HTTP are answered with an error and nothing else", async () => {
  const socket = openSocket(app.port, "127.0.0.1");
  socket.write("\u0000\u0001 nonsense\r\n\r\n");
  const [bytes] = (await once(socket, "data")) as [Buffer];
  expect(bytes.toString("latin1")).toMatch(/^HTTP\/1\.1 400 /);
  socket.destroy();
  expect((await get(app.port, "/", { cookie: app.cookie })).status).toBe(200);
});

test("a port that is taken is a failure of its own", async () => {
  const failed = await startLoopback({ page: folder(pageFiles), port: app.port }).catch(failureOf);
  expect(failed).toMatchObject({ kind: "busy", message: expect.stringContaining(`Port ${app.port}`) });
});

test("an app that is closed lets nobody in and leaves no window", async () => {
  const one = await startApp({ sampleFolder: join(folder(), "sample") });
  const window = await openWindow(one);
  const closed = once(window.socket, "close");
  await one.close();
  await closed;
  await expect(get(one.port, "/", { cookie: one.cookie })).rejects.toThrow("ECONNREFUSED");
});
