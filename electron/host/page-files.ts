// The page's files, all read at start: address → bytes and type. What a request names is looked up and never made into a path.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { AppError } from "../../shared/failure.ts";
import { STYLE_NONCE } from "./content-security-policy.ts";

export type PageFile = { readonly type: string; readonly body: Buffer };
/** By the path of an address, as a browser writes it: `/`, `/assets/index.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Throws where the folder holds no page. */
export function readPageFiles(folder: string): PageFiles {
  if (!existsSync(folder)) throw new AppError("not-found", `There is no page at ${folder}: it has not been built.`);
  const files = new Map<string, PageFile>();
  readInto(files, folder, "/");
  const index = files.get("/index.html");
  if (index === undefined)
    throw new AppError("not-found", `There is no index.html in ${folder}: it has not been built.`);
  const withNonce = { ...index, body: Buffer.from(index.body.toString().replace("STYLE_NONCE", STYLE_NONCE)) };
  return files.set("/index.html", withNonce).set("/", withNonce);
}

/** A folder at a time: inside an asar archive listings know no parents. */
function readInto(files: Map<string, PageFile>, folder: string, address: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const at = address + encodeURIComponent(entry.name);
    if (entry.isDirectory()) readInto(files, path, `${at}/`);
    else if (entry.isFile()) files.set(at, { type: typeOf(entry.name), body: readFileSync(path) });
  }
}

function typeOf(name: string): string {
  return TYPES[extname(name).toLowerCase()] ?? "application/octet-stream";
}
