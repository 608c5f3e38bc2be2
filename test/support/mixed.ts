// One evidence folder with a little of everything: both formats, IPv6, denials, empty and zero counters, rejects, duplicates.

import { blob, evidence, nsgRecord, vnetRecord } from "./logs.ts";
import { type OracleMember, type Reading, readMembers } from "./oracle.ts";

const T = Date.UTC(2025, 2, 4, 10);
const S = T / 1000;

const six = vnetRecord(
  [
    [
      "UserRule_Six",
      `${T + 1},2001:DB8:0:0:1:0:0:1,2001:db8::5,40000,443,6,O,B,X,0,0,0,0`,
      `${T + 61_001},2001:db8:0:0:1::1,2001:0db8::0005,40000,443,6,O,E,X,10,1500,8,9000`,
      `${T + 5000},::ffff:10.9.9.9,2001:db8::5,1,53,17,I,B,NX_LOCAL_DST,0,0,0,0`,
      `${T + 5000},::FFFF:0a09:0909,2001:db8::5,1,53,17,I,E,NX_LOCAL_DST,2,120,2,300`,
      `${T + 6000},fe80::1,ff02::1:2,546,547,17,O,D,NX,0,0,0,0`,
    ],
  ],
  { mac: "00-0d-3a-66-66-66" },
);

const web = vnetRecord(
  [
    [
      "DefaultRule_AllowVnetOutBound",
      `${T + 3_599_999},10.0.0.4,10.0.0.5,50000,8080,6,O,B,NX,0,0,0,0`,
      `${T + 3_600_000},10.0.0.4,10.0.0.5,50000,8080,6,O,C,NX,7,700,5,5000`,
      `${T + 3_600_000},10.0.0.4,10.0.0.5,50000,8080,6,O,C,NX,7,700,5,5000`,
      `${T + 90_000_000},10.0.0.4,10.0.0.5,50000,8080,6,O,E,NX,1,60,,`,
      `${T + 7000},10.0.0.4,10.0.0.4,6000,6001,17,O,E,NX,3,333,4,444`,
    ],
    [
      "UserRule_Deny",
      `${T + 9},192.0.2.9,10.0.0.4,1024,22,6,I,D,NX,,,,`,
      `${T + 9},192.0.2.9,10.0.0.4,1023,65535,6,I,D,NX,0,0,0,0`,
    ],
    [
      "UserRule_Deny",
      `${T + 10},192.0.2.9,10.0.0.4,1024,70000,6,I,D,NX,0,0,0,0`,
      `${S + 11},192.0.2.8,10.0.0.4,0,0,1,I,B,NX,0,0,0,0`,
    ],
  ],
  { mac: "000D3A111111", time: "2025-03-04T11:01:04.1234567Z" },
);

const far = vnetRecord(
  [["DefaultRule_AllowVnetInBound", `${T + 3_600_003},10.0.0.4,10.0.0.5,50000,8080,6,I,C,NX,6,650,5,5000`, "nonsense"]],
  { mac: "000D3A555555" },
);

const nsg = nsgRecord(2, [
  ["DefaultRule_DenyAllInBound", `${S + 20},198.51.100.7,10.0.0.8,4000,3389,T,I,D,B,,,,`],
  [
    "UserRule_Dns",
    `${S + 21},10.0.0.8,10.0.0.53,4001,53,U,O,A,B,,,,`,
    `${S + 22},10.0.0.8,10.0.0.53,4001,53,U,O,A,E,1,70,1,150`,
  ],
]);
const ancient = nsgRecord(1, [
  ["UserRule_Old", `${S + 30},10.0.0.8,10.0.0.9,1,2,T,O,A`, `${S + 31},10.0.0.9,10.0.0.8,2,1,I,I,D`],
]);

/** Name → bytes. Names are chosen so that byte order differs from a walk folder by folder: `a-b` < `a/` < `aa`. */
export const mixedFiles: readonly (readonly [string, Buffer])[] = [
  ["a-b/PT1H.json", blob(web, nsg)],
  ["a/PT1H.json", blob(far, web, six)],
  ["aa/PT1H.json", blob(nsg, ancient, six, far)],
  ["recorded/nsg-v2.json", evidence("nsg-v2.json")],
  ["recorded/vnet-v4-nic-target.json", evidence("vnet-v4-nic-target.json")],
  ["z/bandwidth.json", evidence("documented-bandwidth.json")],
];

/** What the independent reader finds when the folder at `source` holds those files. */
export function mixedReading(source: string): Reading {
  return readMembers(mixedMembers(source));
}

export function mixedMembers(source: string): OracleMember[] {
  return mixedFiles.map(([member, bytes]) => ({ source, member, bytes }));
}
