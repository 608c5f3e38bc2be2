// Addresses as text and bytes: strict reading, canonical printing, blocks, order.

import { describe, expect, test } from "vitest";
import { compareIp, inBlock, parseBlock, parseIp, parseIpv4, printIp, printIpv4 } from "../../shared/ip.ts";

const printed = (text: string): string | null => {
  const bytes = parseIp(text);
  return bytes && printIp(bytes);
};

describe("RFC 5952", () => {
  test.each([
    ["2001:0db8::0001", "2001:db8::1"], // 4.1 leading zeros
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"], // 4.2.1 shortened as far as possible
    ["2001:db8::0:1", "2001:db8::1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"], // 4.2.2 one zero group is not shortened
    ["2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"], // 4.2.3 the longest run
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"], // 4.2.3 the first of equal runs
    ["2001:DB8::ABCD", "2001:db8::abcd"], // 4.3 lower case
    ["::ffff:192.0.2.1", "::ffff:192.0.2.1"], // 5
    ["::FFFF:c000:0201", "::ffff:192.0.2.1"],
    ["::192.0.2.1", "::c000:201"],
    ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
    ["1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["0:0:0:0:0:0:0:1", "::1"],
    ["1:0:0:0:0:0:0:0", "1::"],
    ["1::8", "1::8"],
    ["::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["fe80:0000:0000:0000:0204:61ff:fe9d:f156", "fe80::204:61ff:fe9d:f156"],
  ])("%s is printed as %s", (text, canonical) => {
    expect(printed(text)).toBe(canonical);
    expect(printed(canonical)).toBe(canonical);
  });
});

test.each(["0.0.0.0", "10.0.0.4", "127.0.0.1", "192.0.2.255", "255.255.255.255"])("%s prints as itself", (text) => {
  expect([printed(text), printIpv4(parseIpv4(text))]).toEqual([text, text]);
});

test.each([
  ...[
    "",
    " ",
    ".",
    "1",
    "1.2.3",
    "1.2.3.4.5",
    "256.0.0.1",
    "1.2.3.-4",
    "010.0.0.1",
    "1.2.3.04",
    "1.2.3.4 ",
    " 1.2.3.4",
  ],
  ...["1.2.3.0x4", "1.2.3.4/8", "１.2.3.4", "1..2.3", "0x7f.1", "1.2.3.4\n", "1e1.2.3.4"],
  ...[":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::"],
  ...[
    "g::",
    "fe80::1%eth0",
    "[::1]",
    "::1.2.3",
    "::1.2.3.4:5",
    "1.2.3.4::",
    "1.2.3.4:5::",
    ":1:2:3:4:5:6:7",
    "::1:",
    "::-1",
  ],
  ...["::256.1.1.1", "::01.2.3.4", ":: 1", "::1\n"],
])("%j is not an address", (text) => {
  expect(parseIp(text)).toBeNull();
});

describe("blocks", () => {
  const holds = (block: string, address: string): boolean => inBlock(parseIp(address)!, parseBlock(block)!);

  test.each([
    ["10.0.0.0/8", ["10.0.0.0", "10.255.255.255"], ["9.255.255.255", "11.0.0.0", "::ffff:10.0.0.1", "a00::"]],
    ["192.168.4.129/25", ["192.168.4.128", "192.168.4.255"], ["192.168.4.127", "192.168.5.128"]],
    ["172.16.0.0/12", ["172.31.255.255"], ["172.32.0.0", "172.15.255.255"]],
    ["1.2.3.4", ["1.2.3.4"], ["1.2.3.5"]],
    ["1.2.3.4/31", ["1.2.3.4", "1.2.3.5"], ["1.2.3.6"]],
    ["0.0.0.0/0", ["0.0.0.0", "255.255.255.255"], ["::", "::ffff:0.0.0.0"]],
    ["::/0", ["::", "ffff::", "::ffff:1.2.3.4"], ["1.2.3.4"]],
    ["2001:db8::/33", ["2001:db8:7fff::1"], ["2001:db8:8000::"]],
    ["::ffff:10.0.0.0/104", ["::ffff:10.9.9.9"], ["10.9.9.9", "::ffff:11.0.0.0"]],
  ])("%s", (block, inside, outside) => {
    expect(inside.filter((address) => !holds(block, address))).toEqual([]);
    expect(outside.filter((address) => holds(block, address))).toEqual([]);
  });

  test.each([
    "10.0.0.0/33",
    "::/129",
    "10.0.0.0/",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "/8",
    "10.0.0.0/8 ",
    "10/8",
    "1.2.3.4/1e1",
  ])("%j is no block", (text) => {
    expect(parseBlock(text)).toBeNull();
  });
});

test("order: IPv4 before IPv6, each by value", () => {
  const sorted = ["0.0.0.0", "2.0.0.10", "10.0.0.2", "255.0.0.0", "::", "::ffff:1.2.3.4", "2001:db8::1", "fe80::"];
  const shuffled = [5, 2, 7, 0, 4, 6, 1, 3].map((i) => parseIp(sorted[i]!)!);
  expect(shuffled.sort(compareIp).map(printIp)).toEqual(sorted);
});
