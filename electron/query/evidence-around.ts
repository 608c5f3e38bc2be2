// The original bytes of a stretch of a member with a little of what stands around it: what a reject is shown in.

import type { Params, Result } from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import type { Catalog } from "./catalog.ts";
import { memberBytes } from "./evidence.ts";

/** Bytes shown on each side, and at most of the stretch itself. */
const AROUND = 400;
const MOST = 65_536;

export async function evidenceAround(
  catalog: Catalog,
  { source, member: path, offset, length }: Params<"evidence.around">,
): Promise<Result<"evidence.around">> {
  const member = [...catalog.members.values()].find((each) => each.source === source && each.path === path);
  if (!member || member.sha256 === null)
    throw new AppError("not-found", `There is no member ${path} of ${source} in the case.`);
  const end = Math.min(member.bytes, offset + length);
  const shown = Math.min(end, offset + MOST);
  const from = Math.max(0, offset - AROUND);
  const to = shown < end ? shown : Math.min(member.bytes, end + AROUND);
  const bytes = await memberBytes(catalog.db, member, from, Math.max(0, to - from));
  const text = (a: number, b: number): string => Buffer.from(bytes.subarray(a - from, b - from)).toString("utf8");
  return {
    sha256: Buffer.from(member.sha256).toString("hex"),
    before: text(from, offset).replace(/^\uFFFD+/, ""), // may begin inside a character
    text: text(offset, shown),
    after: shown < end ? "" : text(end, to).replace(/\uFFFD+$/, ""),
    notShown: end - shown,
  };
}
