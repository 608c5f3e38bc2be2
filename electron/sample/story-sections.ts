// What the story says about each step. Figures come from the truth; the sentences around them are here.

import { clock, grouped, size } from "./print.ts";
import type { StepId } from "./steps.ts";
import type { Truth } from "./truth.ts";

export function sections(truth: Truth): Readonly<Record<StepId, string>> {
  const { guesser, control, drop } = truth.adversary;
  const change = truth.ruleChange;
  const beacons = truth.beacons.map((one) => {
    const interval = `median ${(one.medianIntervalMs / 1000).toFixed(1)} s, never under ${(one.leastIntervalMs / 1000).toFixed(1)} or over ${(one.mostIntervalMs / 1000).toFixed(1)}`;
    return `${one.host} ${grouped(one.calls)} times from ${clock(one.firstTime)} (${interval})`;
  });
  const of = (id: StepId) => {
    const step = truth.steps.find((one) => one.id === id);
    if (!step) throw new Error(`no step ${id}`);
    return step;
  };
  const attempts = (id: StepId): string => grouped(of(id).connectionCount);
  const sent = (id: StepId): string => `${size(of(id).once.bytesSent)} (${grouped(of(id).once.bytesSent)} bytes)`;
  const received = (id: StepId): string =>
    `${size(of(id).once.bytesReceived)} (${grouped(of(id).once.bytesReceived)} bytes)`;

  return {
    knock: `${guesser} tries port 3389 of the jump host on Monday evening and on Tuesday morning: ${attempts("knock")} attempts, three packets each, all denied by \`${change.denied.rule}\`. The log names the private address 10.0.2.4: the public one is translated before.`,
    guessing: `On Tuesday at 06:52 a rule for a vendor, \`${change.allowed.rule}\`, opens the port to everybody. The vendor works from 07:03; at ${clock(change.allowed.firstTime)} ${guesser} is back: the conversation that was denied is now allowed, under another rule. ${attempts("guessing")} short connections of much the same size follow within forty minutes.`,
    entry: `The connection after the last guess stays: more than two hours, ${received("entry")} back to ${guesser}. That is a desktop being used.`,
    sweep: `From the jump host ${attempts("sweep")} connections in under four minutes: forty addresses of the spoke, seven ports each. Most addresses belong to nobody, so the attempts are repeated and end without an answer; the data servers' rules deny what is not SMB.`,
    lateral: `SMB carries tools to app01, WinRM runs them. From app01 the same goes on to sql01 and bkp01; file01 is looked through from the jump host. None of these pairs ever spoke so before. ${attempts("lateral")} connections; those from the hub are seen by four NICs, those within the spoke by two.`,
    control: `app01, then bkp01, call ${control} on port 443 every minute, give or take 15 %: ${beacons.join("; ")}. Some of these connections roll over: their bytes sent are ${grouped(of("control").eachSide.bytesSent)} as logged and ${grouped(of("control").eachSide.adjusted.bytesSent)} in truth.`,
    return: `The port is still open, so the intruder returns in the evening and again at night, ${attempts("return")} connections in all: two long RDP sessions, each with a WinRM session from the jump host to app01.`,
    staging: `bkp01 fetches ${received("staging")} over SMB, from file01 in two connections and from sql01 in one. It is the backup server and moves much every night, but on port 10000, at 01:00. The bytes are in the counters of the way back: bkp01 began these connections.`,
    exfiltration: `${attempts("exfiltration")} long connections from bkp01 to ${drop}, one after the other, in the hours of the nightly backup: ${sent("exfiltration")} sent. Each reports every five minutes.`,
    containment: `On Wednesday the RDP rule is removed at 20:02, the adversary's addresses are blocked for the data servers at 20:05 and for the application server at 20:17. In between app01 still gets through. Afterwards the two hosts keep calling, and ${guesser} knocks again: ${attempts("containment")} attempts, all denied.`,
  };
}
