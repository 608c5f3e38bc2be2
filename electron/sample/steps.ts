// The steps of the intrusion: what to call them, what they are in ATT&CK's words, how to narrow to them, which detection
// should raise them. Times and figures are not here: truth.ts counts them.

import { adversary } from "./rules.ts";

const { guesser, control, drop } = adversary;

export const steps = [
  {
    id: "knock",
    title: "RDP attempts, denied",
    technique: "T1133",
    filter: `src == ${guesser} and dport == 3389 and decision == deny`,
    hunt: "denied, then allowed",
  },
  {
    id: "guessing",
    title: "Password guessing over RDP",
    technique: "T1110",
    filter: `src == ${guesser} and dst == 10.0.2.4 and dport == 3389`,
    hunt: "brute force",
  },
  {
    id: "entry",
    title: "A guess works: the first session on the jump host",
    technique: "T1078",
    filter: `src == ${guesser} and dst == 10.0.2.4 and dport == 3389`,
    hunt: "brute force, then a long session",
  },
  {
    id: "sweep",
    title: "Discovery sweep of the spoke",
    technique: "T1046",
    filter: "src == 10.0.2.4 and dst == 10.1.0.0/16 and dport in {22, 135, 139, 445, 1433, 3389, 5985}",
    hunt: "scan: many hosts and ports",
  },
  {
    id: "lateral",
    title: "Lateral movement by SMB and WinRM",
    technique: "T1021",
    filter: "src in {10.0.2.4, 10.1.2.4} and dport in {445, 5985} and dst == 10.1.0.0/16",
    hunt: "new administrative edge; pivot chain",
  },
  {
    id: "control",
    title: "Two hosts call home",
    technique: "T1071",
    filter: `dst == ${control} and dport == 443 and decision == allow`,
    hunt: "beacon",
  },
  {
    id: "return",
    title: "The intruder comes back, evening and night",
    technique: "T1021.001",
    filter: `(src == ${guesser} and dport == 3389) or (src == 10.0.2.4 and dst == 10.1.2.4 and dport == 5985)`,
    hunt: "pivot chain",
  },
  {
    id: "staging",
    title: "Staging: files collected on the backup server",
    technique: "T1074",
    filter: "src == 10.1.5.4 and dst in {10.1.3.4, 10.1.4.4} and dport == 445",
    hunt: "volume between hosts that never spoke",
  },
  {
    id: "exfiltration",
    title: "4 GB leave by night",
    technique: "T1048",
    filter: `src == 10.1.5.4 and dst == ${drop} and dport == 443`,
    hunt: "exfiltration: volume and share sent",
  },
  {
    id: "containment",
    title: "The responders close the ways",
    technique: null,
    filter: `(dst == ${control} or src == ${guesser}) and decision == deny`,
    hunt: "allowed, then denied",
  },
] as const;

export type StepId = (typeof steps)[number]["id"];
