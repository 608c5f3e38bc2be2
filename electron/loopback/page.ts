// The page's files, all read at start: address → bytes and type. What a request names is looked up and never made into a path.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { AppError } from "../../shared/failure.ts";
import type { Answer } from "./answers.ts";

export type Page = ReadonlyMap<string, Answer>;

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
export function readPage(folder: string): Page {
  if (!existsSync(folder)) throw new AppError("not-found", `There is no page at ${folder}: it has not been built.`);
  const root = resolve(folder);
  const page = new Map<string, Answer>();
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const names = file.slice(root.length).split(/[\\/]/).filter(Boolean);
    const type = TYPES[extname(entry.name).toLowerCase()] ?? "application/octet-stream";
    page.set(`/${names.map(encodeURIComponent).join("/")}`, { status: 200, type, body: readFileSync(file) });
  }
  const index = page.get("/index.html");
  if (index === undefined)
    throw new AppError("not-found", `There is no index.html in ${folder}: it has not been built.`);
  return page.set("/", index);
}
