// The fields of a tuple's text by position: 13 of a virtual network flow log, 8 or 13 of a network security group's.

const vnet = [
  "time, ms",
  "source",
  "destination",
  "source port",
  "destination port",
  "protocol",
  "direction",
  "state",
  "encryption",
  "packets sent",
  "bytes sent",
  "packets received",
  "bytes received",
];
const nsg = [
  "time, s",
  "source",
  "destination",
  "source port",
  "destination port",
  "protocol",
  "direction",
  "decision",
  "state",
  "packets sent",
  "bytes sent",
  "packets received",
  "bytes received",
];

const meaning: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  protocol: { 6: "TCP", 17: "UDP", 1: "ICMP", T: "TCP", U: "UDP" },
  direction: { I: "inbound", O: "outbound" },
  state: { B: "begin", C: "continue", E: "end", D: "deny" },
  decision: { A: "allow", D: "deny" },
};

export type Field = { readonly position: number; readonly name: string; readonly value: string };

/** `text` as it stands in the record, quotes included. */
export function fieldsOf(text: string): readonly Field[] {
  const values = text.replace(/^"|"$/g, "").split(",");
  const names = /^[TU]$/.test(values[5] ?? "") ? nsg : values.length === 12 ? vnet.filter((_, i) => i !== 8) : vnet;
  return values.map((value, position) => {
    const name = names[position] ?? "not known";
    const means = meaning[name]?.[value];
    return { position, name: means ? `${name}: ${means}` : name, value };
  });
}
