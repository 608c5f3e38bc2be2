// What a path says of the blob behind it, in both of Azure's layouts, flattened or URL-encoded, wherever the file lies now. Hints only:
// what a member is, its records say; a path that says otherwise is remarked on.

import { type FlowLog, HOUR } from "../segment/columns.ts";
import type { MemberContent } from "../segment/part.ts";

export type PathHints = {
  /** 12 upper-case hex digits. */
  readonly nic: string | null;
  /** Hours since 1970. */
  readonly hour: number | null;
  /** What stands between `flowLogResourceID=` (or `resourceId=`) and the year, as it stands there. */
  readonly flowLog: string | null;
};

// Tools put other characters in place of `=`, `/` and `:`.
const HOUR_STEPS =
  /(?:^|[^a-z0-9])y[=_-](\d{4})[^a-z0-9]+m[=_-](\d{1,2})[^a-z0-9]+d[=_-](\d{1,2})[^a-z0-9]+h[=_-](\d{1,2})(?!\d)/gi;
const MAC_STEP = /macaddress[=_-]((?:[0-9a-f]{2}[-:_.]?){5}[0-9a-f]{2})(?![0-9a-f])/gi;
const RESOURCE_STEP = /(?:flowLogResourceID|resou(?:rc|r)eId)[=_-](.*?)[^a-z0-9]y[=_-]\d{4}/gi;

/** What hostile names may cost. */
const LONGEST = 2048;

/** What the path of a member says against its content, as a sentence part; null where nothing. `source`: as it was given. */
export function remarkOn(source: string, path: string, content: MemberContent | null): string | null {
  return content === null ? null : conflictOf(hintsOf(`${source}/${path}`), content);
}

/** Of several steps that name the same the innermost counts. */
export function hintsOf(path: string): PathHints {
  const plain = decoded(path.slice(-LONGEST));
  const [, y, m, d, h] = [...plain.matchAll(HOUR_STEPS)].at(-1) ?? [];
  const [, mac] = [...plain.matchAll(MAC_STEP)].at(-1) ?? [];
  const [, resource] = [...plain.matchAll(RESOURCE_STEP)].at(-1) ?? [];
  return {
    nic: mac?.replace(/[^0-9a-f]/gi, "").toUpperCase() ?? null,
    hour: y === undefined ? null : hourOf(Number(y), Number(m), Number(d), Number(h)),
    flowLog: resource?.replace(/^[/\\_]+/, "") || null,
  };
}

/** Null where there is no such hour. */
function hourOf(year: number, month: number, day: number, hour: number): number | null {
  const date = new Date(Date.UTC(year, month - 1, day, hour));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return isReal ? date.getTime() / HOUR : null;
}

function decoded(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

function conflictOf({ nic, hour, flowLog }: PathHints, content: MemberContent): string | null {
  const conflicts: string[] = [];
  const { nics, flowLogs, firstHour, lastHour } = content;
  const others = nics.filter((each) => each !== null && each !== nic);
  if (nic !== null && others.length > 0) conflicts.push(`its path names NIC ${nic}, its records ${listed(others)}`);
  if (hour !== null && firstHour !== null && lastHour !== null && !isWithin(hour, content))
    conflicts.push(
      `its path names the hour ${hourText(hour)}, its records are of ${hourText(firstHour)}${lastHour > firstHour ? ` to ${hourText(lastHour)}` : ""}`,
    );
  const logs = flowLogs.filter((each) => flowLog !== null && each.id !== null && !isNamed(flowLog, each));
  if (flowLog !== null && logs.length > 0)
    conflicts.push(`its path names the flow log ${flowLog}, its records ${listed(logs.map(({ id }) => id))}`);
  return conflicts.length > 0 ? conflicts.join("; ") : null;
}

/** A record written just after the hour belongs to its blob, unless that is all there is. */
function isWithin(hour: number, { firstHour, lastHour, isBlob }: MemberContent): boolean {
  return firstHour === hour && (lastHour === hour || isBlob);
}

function listed(texts: readonly (string | null)[]): string {
  const [first, ...more] = texts;
  return `${first}${more.length > 0 ? ` and ${more.length} more` : ""}`;
}

/** `2025-10-05 09:00`. */
function hourText(hour: number): string {
  return new Date(hour * HOUR).toISOString().slice(0, 16).replace("T", " ");
}

/**
 * Whether the path's step can mean this flow log. Azure writes a resource id there whole, or as SUBSCRIPTION_GROUP/WATCHER_NAME; tools
 * put any character between its parts; a name that a portal made may end in FLOWLOG or FLOWLOGS.
 */
function isNamed(step: string, { id }: FlowLog): boolean {
  if (latest.step !== step || latest.id !== id) latest = { step, id, same: bare(step) === bare(id ?? "") };
  return latest.same;
}

/** Blobs of one flow log mostly come one after another. */
let latest: { readonly step: string; readonly id: string | null; readonly same: boolean } = {
  step: "",
  id: null,
  same: true,
};

const WHOLE_ID = /^SUBSCRIPTIONS(.+?)RESOURCEGROUPS(.+?)PROVIDERSMICROSOFTNETWORKNETWORKWATCHERS(.+?)FLOWLOGS(.+)$/;

function bare(text: string): string {
  return text
    .replace(/[^a-z0-9]/gi, "")
    .toUpperCase()
    .replace(WHOLE_ID, "$1$2$3$4")
    .replace(/FLOWLOGS?$/, "");
}
