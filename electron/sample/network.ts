// The invented company's network: twelve machines in a hub and a spoke, each with one NIC, two flow logs (one a virtual
// network), and the way traffic takes between them. Names, GUIDs and MACs are made up; the prefixes are Microsoft's.

export const SUBSCRIPTION = "5d1f0c3a-7b42-4e86-9a15-c0de5a3b9e71";
export const REGION = "westeurope";

/** First instant and the one after the last: three whole days, UTC. */
export const FROM = Date.UTC(2026, 2, 9);
export const TO = Date.UTC(2026, 2, 12);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

export type FlowLog = {
  readonly name: string;
  readonly guid: string;
  /** `flowLogResourceID`, upper-case as Azure writes it. */
  readonly resourceId: string;
  /** `targetResourceID`, the virtual network. */
  readonly targetId: string;
};

/** Which rule list judges the host (rules.ts). */
export type AclName =
  | "nsg-hub-mgmt"
  | "nsg-hub-core"
  | "nsg-spoke-web"
  | "nsg-spoke-app"
  | "nsg-spoke-data"
  | "nsg-spoke-clients";

export type Host = {
  readonly name: string;
  readonly ip: string;
  readonly mac: string;
  readonly role: string;
  readonly acl: AclName;
  readonly flowLog: FlowLog;
};

function flowLog(name: string, guid: string, group: string, vnet: string): FlowLog {
  const watcher = `/subscriptions/${SUBSCRIPTION}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers`;
  return {
    name,
    guid,
    resourceId: `${watcher}/NetworkWatcher_${REGION}/flowLogs/${name}`.toUpperCase(),
    targetId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/${vnet}`,
  };
}

export const hubLog = flowLog(
  "vnet-hub-rg-harbour-hub-flowlog",
  "8c2b6f0e-41d7-4a39-b5e8-6f1d92c07a54",
  "rg-harbour-hub",
  "vnet-hub",
);
export const spokeLog = flowLog(
  "vnet-spoke-rg-harbour-spoke-flowlog",
  "e07a91d4-2c58-4b6f-8e13-90b4d7f5a326",
  "rg-harbour-spoke",
  "vnet-spoke",
);

function host(name: string, ip: string, mac: string, acl: AclName, role: string): Host {
  return { name, ip, mac, acl, role, flowLog: ip.startsWith("10.0.") ? hubLog : spokeLog };
}

// The appliance has the highest MAC: of two outbound views of one flow the lowest MAC is the one counted once.
export const nva = host(
  "fw01",
  "10.0.1.4",
  "7C1E52F3A004",
  "nsg-hub-core",
  "firewall appliance, routes between hub and spoke",
);
export const jump = host("jump01", "10.0.2.4", "000D3A1B6C40", "nsg-hub-mgmt", "jump host, has a public path");
export const dc = host("dc01", "10.0.3.4", "000D3A1B7D52", "nsg-hub-core", "directory and DNS");
export const monitor = host("mon01", "10.0.4.4", "0022483E9A17", "nsg-hub-mgmt", "monitoring");
export const web = host("web01", "10.1.1.4", "0022484C21B8", "nsg-spoke-web", "public web server");
export const app = host("app01", "10.1.2.4", "0022484C3F06", "nsg-spoke-app", "application server");
export const sql = host("sql01", "10.1.3.4", "6045BD0A77E1", "nsg-spoke-data", "database");
export const file = host("file01", "10.1.4.4", "6045BD0A8C35", "nsg-spoke-data", "file server");
export const backup = host("bkp01", "10.1.5.4", "6045BD0A9D6A", "nsg-spoke-data", "backup server");
export const desks = [
  host("ws01", "10.1.10.4", "7C1E5208B311", "nsg-spoke-clients", "workstation, administrator"),
  host("ws02", "10.1.10.5", "7C1E5208B33C", "nsg-spoke-clients", "workstation"),
  host("ws03", "10.1.10.6", "7C1E5208B367", "nsg-spoke-clients", "workstation"),
] as const;

export const servers = [web, app, sql, file, backup] as const;
export const hosts: readonly Host[] = [nva, jump, dc, monitor, ...servers, ...desks];

const byIp = new Map(hosts.map((one) => [one.ip, one]));

export function hostAt(ip: string): Host | undefined {
  return byIp.get(ip);
}

export function isPrivate(ip: string): boolean {
  return ip.startsWith("10.");
}

/** One NIC that sees a flow, and from which side. */
export type Hop = { readonly host: Host; readonly direction: "I" | "O" };

/**
 * Who logs a flow, in the order the first packet passes:
 *
 *     spoke VM ─O─▶ ─I─ fw01 ─O─▶ ─I─ hub VM        between the networks: four views
 *     spoke VM ─O─▶ ─I─ spoke VM                    within one: two views
 *     VM ─O─▶ internet          internet ─I─▶ VM    one view
 *
 * A 10.x address nobody has is routed (and seen by the appliance) all the same.
 */
export function route(src: string, dst: string): Hop[] {
  const from = hostAt(src);
  const to = hostAt(dst);
  const hops: Hop[] = [];
  if (from) hops.push({ host: from, direction: "O" });
  const crosses = isPrivate(src) && isPrivate(dst) && src.slice(0, 5) !== dst.slice(0, 5);
  if (crosses && from !== nva && to !== nva) hops.push({ host: nva, direction: "I" }, { host: nva, direction: "O" });
  if (to) hops.push({ host: to, direction: "I" });
  return hops;
}

/** The spoke's virtual network is encrypted where both ends can; everything that leaves it is not. */
export function encryptionOf(src: string, dst: string): string {
  if (!src.startsWith("10.1.") || !dst.startsWith("10.1.")) return "NX";
  const ends = [src, dst];
  if (ends.includes(sql.ip) && ends.includes(backup.ip)) return "NX_LOCAL_DST"; // both run on one physical host
  if (ends.includes(desks[2].ip)) return "NX_FALLBACK"; // no accelerated networking
  return "X";
}
