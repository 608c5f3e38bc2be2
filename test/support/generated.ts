// Logs for property tests: tuples and records of every form, and the same with something wrong in them.

import fc from "fast-check";
import { vnetRecord } from "./logs.ts";

const T = 1_741_083_072_345;
const pick = <V>(...values: V[]): fc.Arbitrary<V> => fc.constantFrom(...values);
const join = (parts: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((all) => all.join(","));

const ms = fc.oneof(
  fc.integer({ min: T, max: T + 86_400_000 }),
  fc.integer({ min: 978_307_200_000, max: 4_102_444_799_999 }),
);
const oddTime = pick<number | string>(
  978_307_199_999,
  4_102_444_800_000,
  99_999_999_999,
  100_000_000_000,
  1_741_083_072,
  4_102_444_799,
  "",
  "0",
  "-1",
);
const ipv4 = fc.oneof(
  pick("10.0.0.4", "10.0.0.5", "0.0.0.0", "255.255.255.255"),
  fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }).map((octets) => octets.join(".")),
);
const ipv6 = pick("2001:DB8:0:0:1::1", "2001:db8::5", "::ffff:10.9.9.9", "::", "fe80::1");
const port = fc.oneof(pick(0, 53, 443, 65535), fc.nat(65535));
const counter = fc.oneof(pick<number | string>(0, "", Number.MAX_SAFE_INTEGER), fc.nat(100_000));
const counters = fc.oneof(pick("0,0,0,0", ",,,"), join([counter, counter, counter, counter]));
const state = pick("B", "C", "E", "D");
const encryption = pick("NX", "X", "NX_LOCAL_DST", "NX_HW_NOT_SUPPORTED");
const direction = pick("I", "O");
const protocol = fc.oneof(pick(6, 17, 1), fc.nat(255));

const vnet = join([ms, ipv4, ipv4, port, port, protocol, direction, state, encryption, counters]);
const nsg = [
  ms.map((time) => Math.floor(time / 1000)),
  ipv4,
  ipv4,
  port,
  port,
  pick("T", "U"),
  direction,
  pick("A", "D"),
];

/** The forms that the kernel is made for. */
export const usualTuples = fc.oneof(vnet, vnet, join([...nsg, state, counters]), join(nsg));

const oddParts = [
  fc.oneof<fc.Arbitrary<number | string>[]>(ms, oddTime),
  fc.oneof(ipv4, ipv6, pick("10.0.0.256", "010.0.0.1", "1.2.3", "")),
  fc.oneof(ipv4, ipv6),
  fc.oneof<fc.Arbitrary<number | string>[]>(port, pick("65536", "007", "", "-1", "99999")),
  fc.oneof(port, pick("65535", "0443")),
  fc.oneof(protocol, pick("T", "U", "I", "256", "X", "06", "")),
  fc.oneof(direction, pick("i", "")),
  fc.oneof(state, pick("A", "D", "F", "", "BB", "b")),
  fc.oneof(encryption, state, pick("", "x", "NX-1", "Ä", "N".repeat(65))),
  fc.oneof(
    counters,
    pick("0,0,0", "1,2,3,9007199254740992", "1,2,3,99999999999999999", "01,2,3,4", "0,0,0,0,0", "-1,0,0,0"),
  ),
];

/** Of any form, mostly right. */
export const tuples = fc.oneof(
  usualTuples,
  usualTuples,
  join(oddParts),
  join(oddParts.slice(0, 8)),
  join([...oddParts.slice(0, 8), counters]),
);

const PIECES = [
  ...`0123456789,.:"\\{}[] \n-ABCDEINOTUXux/eé`,
  "\\u0041",
  "\\\\",
  '\\"',
  '","',
  "null",
  '{"a":1}',
  "\u0000",
  "😀",
];

/** The same text after none, one or a few edits. */
export function mutated(texts: fc.Arbitrary<string>, most = 3): fc.Arbitrary<string> {
  const edit = fc.record({ at: fc.nat(), cut: fc.nat(2), put: pick("", ...PIECES) });
  return fc.tuple(texts, fc.array(edit, { maxLength: most })).map(([text, edits]) =>
    edits.reduce((now, { at, cut, put }) => {
      const from = at % (now.length + 1);
      return now.slice(0, from) + put + now.slice(from + cut);
    }, text),
  );
}

const rule = pick("DefaultRule_AllowVnetOutBound", "UserRule_Web", "", 'odd "rule" \\ é 😀');
const groups = (of: fc.Arbitrary<string>): fc.Arbitrary<[string, ...string[]][]> =>
  fc.array(
    fc.tuple(rule, fc.array(of, { maxLength: 5 })).map(([name, all]): [string, ...string[]] => [name, ...all]),
    { minLength: 1, maxLength: 3 },
  );
const times = ms.map((time) => new Date(time).toISOString().replace("Z", "1234Z"));

type Vnet = { flowRecords: { flows: { aclID: string; flowGroups: unknown }[] } };

/** VNet v4, with one or more ACLs, as Azure writes it: one line, keys in its order. All with the same header but for the time. */
export function vnetTexts(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const flows = fc.array(fc.tuple(pick("/acl/a", "/acl/b", "unspecified"), groups(of)), { minLength: 1, maxLength: 3 });
  return fc.tuple(times, flows).map(([time, all]) => {
    const record = vnetRecord([], { time }) as Vnet;
    record.flowRecords.flows = all.map(([aclID, each]) => ({
      aclID,
      flowGroups: each.map(([name, ...flowTuples]) => ({ rule: name, flowTuples })),
    }));
    return JSON.stringify(record);
  });
}

/** A member: records in their list, bare, in an array, one a line; with other things between them now and then. */
export function members(records: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const odd = pick("42", '"text"', "null", "[]", "{}", '{"category":"Other","a":[1]}', '{"records":[]}');
  const list = fc.array(fc.oneof({ weight: 6, arbitrary: records }, { weight: 1, arbitrary: odd }), { maxLength: 5 });
  const shape = pick<(all: readonly string[]) => string>(
    (all) => `{"records":[${all.join(",")}]}`,
    (all) => `{ "records" : [\n${all.join(" ,\n")}\n] }\n`,
    (all) => `{"a":1,"records":[${all.join(",")}],"b":{"c":[]}}`,
    (all) => all.join("\n"),
    (all) => `[${all.join(",")}]`,
    (all) => `{"records":[{"records":[${all.join(",")}]}]}`,
  );
  return fc.tuple(list, shape).map(([all, write]) => write(all));
}
