// The rule lists of the sample network and the decision they give: security-admin rules first, then the NSG, first match
// wins, defaults last. Two rules come and go with time: the opening the intruder used, and the responders' block.

import { type AclName, type Host, isPrivate, SUBSCRIPTION } from "./network.ts";

/** RDP open to everyone, meant for a vendor. */
export const OPENED = Date.UTC(2026, 2, 10, 6, 52);
export const CLOSED = Date.UTC(2026, 2, 11, 20, 2);
/** The adversary's addresses blocked outbound, a rule list at a time. */
export const BLOCKED_DATA = Date.UTC(2026, 2, 11, 20, 5);
export const BLOCKED_APP = Date.UTC(2026, 2, 11, 20, 17);

export const adversary = { guesser: "198.51.100.23", control: "203.0.113.45", drop: "192.0.2.146" } as const;
export const TEMPORARY_RULE = "UserRule_Temp-Allow-RDP-Vendor";
export const ADMIN_RULE = "BlockHighRiskTCPPortsFromInternet";
const ADMIN_ACL = "b1f4e2d7-0a63-4c95-8d2e-37a9c6f01b58";
export const PLATFORM_ACL = "00000000-0000-0000-0000-000000000000";

type Asked = {
  readonly src: string;
  readonly dst: string;
  readonly dstPort: number;
  readonly protocol: number;
  readonly start: number;
};

type Rule = {
  readonly name: string;
  readonly direction: "I" | "O";
  readonly allows: boolean;
  readonly matches: (asked: Asked) => boolean;
};

export type Judgement = {
  readonly acl: string;
  readonly rule: string;
  readonly allows: boolean;
};

const from = (prefix: string, ...ports: number[]): Rule["matches"] => {
  return ({ src, dstPort }) => src.startsWith(prefix) && (ports.length === 0 || ports.includes(dstPort));
};
const inbound = (name: string, matches: Rule["matches"]): Rule => ({ name, direction: "I", allows: true, matches });

function blockAdversary(since: number): Rule {
  return {
    name: "UserRule_Deny-Incident-4711-Outbound",
    direction: "O",
    allows: false,
    matches: ({ dst, start }) => start >= since && (dst === adversary.control || dst === adversary.drop),
  };
}

const lists: Readonly<Record<AclName, readonly Rule[]>> = {
  "nsg-hub-mgmt": [
    inbound("UserRule_Allow-RDP-From-Clients", from("10.1.10.", 3389)),
    inbound(TEMPORARY_RULE, ({ src, dst, dstPort, start }) => {
      return dstPort === 3389 && dst === "10.0.2.4" && !isPrivate(src) && start >= OPENED && start < CLOSED;
    }),
  ],
  "nsg-hub-core": [inbound("UserRule_Allow-DNS", ({ src, dstPort }) => isPrivate(src) && dstPort === 53)],
  "nsg-spoke-web": [inbound("UserRule_Allow-Web-Inbound", ({ dstPort }) => dstPort === 443 || dstPort === 80)],
  "nsg-spoke-app": [inbound("UserRule_Allow-App-From-Web", from("10.1.1.", 8080)), blockAdversary(BLOCKED_APP)],
  "nsg-spoke-data": [
    inbound("UserRule_Allow-SQL-From-App", from("10.1.2.", 1433)),
    inbound("UserRule_Allow-SMB-From-Clients", from("10.1.10.", 445)),
    inbound("UserRule_Allow-SMB-From-Hub", from("10.0.", 445)),
    inbound("UserRule_Allow-Monitoring", from("10.0.4.4")),
    inbound("UserRule_Allow-Backup", from("10.1.5.4", 10000)),
    { ...inbound("UserRule_Deny-Hub-Other", from("10.0.")), allows: false },
    blockAdversary(BLOCKED_DATA),
  ],
  "nsg-spoke-clients": [],
};

/** TCP ports the security-admin rule keeps closed to the internet for the spoke (Microsoft's documented list). */
const highRisk = [20, 21, 22, 23, 69, 111, 119, 135, 161, 162, 445, 512, 514, 593, 873, 2049, 3389, 5800, 5900, 11211];

const defaults: readonly Rule[] = [
  inbound("DefaultRule_AllowVnetInBound", ({ src }) => isPrivate(src)),
  {
    name: "DefaultRule_DenyAllInBound",
    direction: "I",
    allows: false,
    matches: () => true,
  },
  {
    name: "DefaultRule_AllowVnetOutBound",
    direction: "O",
    allows: true,
    matches: ({ dst }) => isPrivate(dst),
  },
  {
    name: "DefaultRule_AllowInternetOutBound",
    direction: "O",
    allows: true,
    matches: () => true,
  },
];

/** `aclID` of a rule list: a resource path, group in its own casing. */
function aclId(name: AclName): string {
  const group = name.startsWith("nsg-hub") ? "rg-harbour-hub" : "rg-harbour-spoke";
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.Network/networkSecurityGroups/${name}`;
}

export function judge(host: Host, direction: "I" | "O", asked: Asked): Judgement {
  const admin = direction === "I" && host.ip.startsWith("10.1.") && !isPrivate(asked.src) && asked.protocol === 6;
  if (admin && highRisk.includes(asked.dstPort)) return { acl: ADMIN_ACL, rule: ADMIN_RULE, allows: false };
  const applies = (one: Rule): boolean => one.direction === direction && one.matches(asked);
  const rule = lists[host.acl].find(applies) ?? defaults.find(applies);
  if (!rule) throw new Error(`no rule for ${asked.src} to ${asked.dst}`);
  return { acl: aclId(host.acl), rule: rule.name, allows: rule.allows };
}
