// The page's files as answers.

import { readPageFiles } from "../host/page-files.ts";
import type { Answer } from "./answers.ts";

export type Page = ReadonlyMap<string, Answer>;

/** Throws where the folder holds no page. */
export function readPage(folder: string): Page {
  return new Map([...readPageFiles(folder)].map(([path, file]) => [path, { status: 200, ...file }]));
}
