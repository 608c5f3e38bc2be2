// The story of the sample incident in words, with every figure taken from the truth. `tidemark demo` writes it as STORY.md;
// docs/sample-incident.md is the same text (a test compares them).

import { clock, grouped, size } from "./print.ts";
import { sections } from "./story-sections.ts";
import type { Truth } from "./truth.ts";

export function story(truth: Truth): string {
  const { totals } = truth;
  const heard = truth.hosts.map(
    (host) => `| ${host.name} | ${host.ip} | ${host.nic} | ${host.role} | ${host.flowLog.split("-rg-")[0]} |`,
  );
  const timeline = truth.steps.map((step) => {
    return `| ${clock(step.from)} | ${clock(step.to - 1)} | ${step.title} | ${step.technique ?? "–"} | ${grouped(step.eachSide.tuples)} | ${size(step.once.bytesSent)} | ${size(step.once.bytesReceived)} |`;
  });
  const byId = sections(truth);
  const told = truth.steps.map((step, i) => {
    return `### ${i + 1}. ${step.title}\n\n${byId[step.id]}\n\n    ${step.filter}\n    from ${step.fromText} to ${step.toText}\n`;
  });
  return `<!-- Written by electron/sample/story.ts: change it there. -->
# The sample incident

Three days, ${new Date(truth.from).toISOString().slice(0, 10)} to ${new Date(truth.to - 1).toISOString().slice(0, 10)}, of the invented Harbour company: ${totals.nics} machines in a hub and a spoke network, ${totals.flowLogs} flow logs (one for each virtual network), ${grouped(totals.files)} files, ${grouped(totals.records)} records, ${grouped(totals.tuples)} tuples, ${grouped(totals.denied)} of them denied. On the second day somebody gets in.

Everything is made up. Attackers and scanners have addresses set aside for documentation (RFC 5737) or from MaxMind's test networks; Microsoft's services have Microsoft's. All times are UTC; the company works from 07:00 to 17:00. \`truth.json\` has every figure of this page, and more, to the byte.

## The network

| host | address | NIC | what it is | network |
|---|---|---|---|---|
${heard.join("\n")}

Traffic between hub and spoke passes the appliance, so it is logged four times: outbound at its source, in and out at fw01, inbound at its destination. Within one network it is logged twice, to and from the internet once. "Each side" counts every one of these; "once" counts a connection one time. The spoke network is encrypted (\`X\`), the hub is not.

## What happened

| from | to | step | ATT&CK | tuples, each side | sent, once | received, once |
|---|---|---|---|---|---|---|
${timeline.join("\n")}

${told.join("\n")}
## What is innocent, though it may not look it

${truth.innocent.map((one) => `- ${one.what}: \`${one.filter}\``).join("\n")}

## Oddities of the evidence

- ${truth.gaps.map((gap) => `${gap.host} (${gap.nic}) has no records from ${clock(gap.from)} to ${clock(gap.to)}`).join("; ")}. It was running: app01 logs its connections to it.
- ${grouped(totals.platform)} tuples of the platform's own probes, under \`PlatformRule\`.
- ${grouped(totals.adminRule)} tuples denied by the security-admin rule \`BlockHighRiskTCPPortsFromInternet\`, which stands above the NSGs of the spoke.
- ${grouped(totals.unspecified)} tuples dropped while app01 restarted on Monday at 18:30, under the rule \`unspecified\` with encryption \`NX_SW_NOT_READY\`.
- ${grouped(totals.rollOvers)} roll-overs: an end and a begin in the same millisecond, after which the counters start again from the connection's true beginning. Logged sums count that traffic twice.
- ${grouped(totals.continuedRecords)} records share NIC and time with the record before: the minute did not fit into one.
- A record written just after the hour holds tuples from before it; refused and unanswered connections are logged again at every retry.
`;
}
