// Embedded evidence against the SHA-256 of each member, and the rejects' texts against the bytes they name.

import { createHash, hash } from "node:crypto";
import type { Verification } from "../../shared/contract.ts";
import { eachReject, evidenceReader, type SourceRow } from "../store/read.ts";
import type { Verifying } from "./verifying.ts";

const WINDOW = 4 * 1024 * 1024;

export function checkEvidence(
  v: Verifying,
  sources: readonly SourceRow[],
): { readonly found: Verification["evidence"]; readonly remarks: string[] } {
  const { members, found, attempt } = v;
  const bare = sources.filter((source) => source.embedded !== 1);
  if (members.length === 0) return { found: "none", remarks: [] };
  if (bare.length === sources.length) return { found: "not embedded", remarks: [] };
  const remarks = bare.map(
    (source) => `The evidence of ${source.path} is not embedded, so it could not be hashed again.`,
  );
  let whole = true;
  const read = evidenceReader(v.db);
  for (const member of members) {
    if (member.evidenceAt === null || member.sha256 === null) continue;
    const ok = attempt(
      "evidence",
      `The evidence of ${member.path} is damaged, so its original text cannot be shown`,
      () => {
        const sum = createHash("sha256");
        for (let at = 0; at < member.bytes; at += WINDOW) {
          const bytes = read(member, at, Math.min(WINDOW, member.bytes - at)) ?? new Uint8Array(0);
          sum.update(bytes);
          v.through("evidence", bytes.length);
        }
        return Buffer.compare(sum.digest(), member.sha256 as Uint8Array) === 0;
      },
      null,
    );
    if (ok === false) found("evidence", `The evidence of ${member.path} differs from its SHA-256.`);
    whole &&= ok === true;
  }
  whole = checkRejects(v) && whole;
  return { found: whole ? "verified" : "damaged", remarks };
}

/** A text is the begin of its bytes, as UTF-8. */
function checkRejects({ db, members, found, attempt }: Verifying): boolean {
  const byId = new Map(members.map((member) => [member.id, member]));
  const read = evidenceReader(db);
  let whole = true;
  const check = (): void => {
    for (const reject of eachReject(db)) {
      const member = byId.get(reject.memberId);
      if (!member || member.evidenceAt === null) continue;
      const bytes = attempt(
        "evidence",
        `The reject at byte ${reject.offset} of ${member.path} has no bytes`,
        () => read(member, reject.offset, reject.length),
        null,
      );
      whole &&= bytes !== null;
      if (bytes === null) continue;
      const text = Buffer.from(bytes).toString("utf8");
      if (text.startsWith(reject.text.replace(/\uFFFD+$/, "")) || hash("sha256", text) === hash("sha256", reject.text))
        continue;
      found("evidence", `${member.path}: the reject at byte ${reject.offset} differs from the evidence.`);
      whole = false;
    }
  };
  attempt("structure", "The rejects cannot be read", check, undefined);
  return whole;
}
