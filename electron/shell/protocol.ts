// app://bundle/: the page's files and nothing else. An address is looked up as it stands; it is never decoded or made into a path.

import type { CustomScheme } from "electron";
import { PAGE_HEADERS } from "../host/content-security-policy.ts";
import type { PageFiles } from "../host/page-files.ts";

export const ORIGIN = "app://bundle";
export const PAGE = `${ORIGIN}/index.html`;

export const PAGE_SCHEME: CustomScheme = {
  scheme: "app",
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

export function isOwn(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`);
}

export function answer(files: PageFiles, request: { readonly method: string; readonly url: string }): Response {
  const [path = ""] = request.url.slice(ORIGIN.length).split(/[?#]/, 1);
  const file = isOwn(request.url) ? files.get(path) : undefined;
  if (file === undefined) return sentence(404, "There is nothing here.");
  if (request.method !== "GET" && request.method !== "HEAD") return sentence(405, "This can only be looked at.");
  const body = request.method === "HEAD" ? null : new Uint8Array(file.body);
  return new Response(body, { status: 200, headers: { ...PAGE_HEADERS, "Content-Type": file.type } });
}

function sentence(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { ...PAGE_HEADERS, "Content-Type": "text/plain; charset=utf-8" },
  });
}
