// What a case holds, in totals that follow from the tuples themselves. Of one state of it: a catalog may be a little old while evidence is
// added, so that only the members it knows are told of, and everything is read in one transaction.

import { sumAccounts } from "../../shared/account.ts";
import type { CaseInfo } from "../../shared/contract.ts";
import { EVERYTHING } from "../../shared/scope.ts";
import { decodeCounters, decodeKeys, decodeWhen } from "../segment/encode.ts";
import { accountedMembers } from "../store/account.ts";
import { copiesBySource, noCopies } from "../store/copies.ts";
import { logicalDigest, property } from "../store/fingerprint.ts";
import { readLoss } from "../store/loss.ts";
import { listSources, readPart } from "../store/read.ts";
import { countFlows } from "../store/read-settled.ts";
import { isSettled } from "../store/settle.ts";
import { ALWAYS } from "./activity.ts";
import { type Catalog, openCatalog } from "./catalog.ts";
import { hourTotals } from "./hour-totals.ts";
import { inScope } from "./in-scope.ts";

const COUNTERS = ["packetsSent", "bytesSent", "packetsReceived", "bytesReceived"] as const;

export function caseInfo(catalog: Catalog, format: number, fileBytes: number): CaseInfo {
  const { db } = catalog;
  return db.transaction(() => infoOf(catalog.isStillSo() ? catalog : openCatalog(db), format, fileBytes))();
}

function infoOf(catalog: Catalog, format: number, fileBytes: number): CaseInfo {
  const { db, segments, conversations } = catalog;
  const isOfCatalog = (memberId: number): boolean => catalog.members.has(memberId);
  const members = accountedMembers(db).filter(({ id }) => isOfCatalog(id));
  const copies = copiesBySource(db);
  const sources = listSources(db);
  const { denied, ...totals } = sumsOf(catalog);
  let tuples = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const nics = new Set<string>();
  for (const segment of segments) {
    tuples += segment.tuples;
    first = Math.min(first, segment.firstTime);
    last = Math.max(last, segment.lastTime);
    for (const id of segment.contexts) {
      const nic = catalog.contexts.get(id)?.nic;
      if (nic) nics.add(nic);
    }
  }
  const rounded = COUNTERS.some((name) => totals[name] > BigInt(Number.MAX_SAFE_INTEGER));
  return {
    format,
    sources: sources.length,
    members: members.length,
    ...sumAccounts(members),
    tuples,
    firstTime: tuples > 0 ? first : null,
    lastTime: tuples > 0 ? last : null,
    nics: nics.size,
    endpoints: conversations.endpoints,
    conversations: conversations.columns.length,
    flows: catalog.isSettled && isSettled(db) ? countFlows(db) : null,
    packetsSent: Number(totals.packetsSent),
    bytesSent: Number(totals.bytesSent),
    packetsReceived: Number(totals.packetsReceived),
    bytesReceived: Number(totals.bytesReceived),
    sumsRounded: rounded,
    allowed: tuples - denied,
    denied,
    embedded: sources.length > 0 && sources.every((source) => source.embedded === 1),
    fileBytes,
    logicalDigest: property(db, "logical digest") ?? logicalDigest(db, isOfCatalog),
    recovered: readLoss(db),
    sourceList: sources.map((source) => {
      const own = members.filter((member) => member.sourceId === source.id);
      return {
        id: source.id,
        path: source.path,
        kind: source.kind,
        sha256: source.sha256 === null ? null : Buffer.from(source.sha256).toString("hex"),
        bytes: source.bytes,
        members: own.length,
        ...sumAccounts(own),
        remarks: own.filter(({ remark }) => remark !== null).length,
        copies: copies.get(source.id) ?? noCopies(),
        status: source.status,
        reason: source.status === "interrupted" ? "adding it has not ended; add it again to go on" : source.reason,
      };
    }),
  };
}

type InfoSums = Record<(typeof COUNTERS)[number], bigint> & { readonly denied: number };

/** From hours of activity, and from tuples where that has none; all from tuples where their sums may not be exact. */
function sumsOf(catalog: Catalog): InfoSums {
  const activity = catalog.isSettled ? catalog.activity() : null;
  if (activity === null) return sumsOfTuples(catalog, () => true);
  const hours = hourTotals(catalog, activity, inScope(catalog, EVERYTHING).filter, 0);
  const sum = (name: "denied" | (typeof COUNTERS)[number]): number => hours[name].reduce((a, b) => a + b, 0);
  if (COUNTERS.some((name) => sum(name) > Number.MAX_SAFE_INTEGER)) return sumsOfTuples(catalog, () => true);
  const others = sumsOfTuples(catalog, (segment) => activity.byTuple[segment] === ALWAYS);
  for (const name of COUNTERS) others[name] += BigInt(sum(name));
  return { ...others, denied: others.denied + sum("denied") };
}

function sumsOfTuples({ db, segments }: Catalog, takes: (segment: number) => boolean): InfoSums {
  const totals = { packetsSent: 0n, bytesSent: 0n, packetsReceived: 0n, bytesReceived: 0n };
  let denied = 0;
  for (const [number, { id, tuples }] of segments.entries()) {
    if (!takes(number)) continue;
    const { flags } = decodeKeys(readPart(db, id, "keys")).keys;
    const { key } = decodeWhen(readPart(db, id, "when"));
    for (let i = 0; i < key.length; i++) if ((flags[key[i] as number] as number) >>> 1 === 1) denied++;
    const counters = decodeCounters(readPart(db, id, "counters"), tuples);
    for (const name of COUNTERS) totals[name] += exactSum(counters[name]);
  }
  return { ...totals, denied };
}

/** Sum of what was measured (−1 is absent), exact whatever its size. */
function exactSum(values: Float64Array): bigint {
  let whole = 0n;
  let part = 0;
  for (const value of values) {
    if (value <= 0) continue;
    if (part + value > Number.MAX_SAFE_INTEGER) {
      whole += BigInt(part);
      part = 0;
    }
    part += value;
  }
  return whole + BigInt(part);
}
