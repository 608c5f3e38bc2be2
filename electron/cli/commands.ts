// `tidemark ingest`, `info`, `verify`.

import { accountLines, copiesLine, recordsLine, rejectsLine, tuplesLine } from "../../shared/account.ts";
import type {
  CaseInfo,
  IngestAccount,
  Loss,
  Params,
  Progress,
  SourceAccount,
  Verification,
  VerifyProgress,
} from "../../shared/contract.ts";
import { AppError } from "../../shared/failure.ts";
import { grouped } from "../../shared/grouped.ts";
import { printInstant } from "../../shared/time.ts";
import type { Engine } from "../engine/engine.ts";
import { withEngine } from "./engine.ts";
import { pauseOnSuspend } from "./suspend.ts";
import { type Arguments, only, Usage, wholeNumber } from "./usage.ts";

export async function runIngest(args: Arguments, jobs: number): Promise<number> {
  const [casePath, ...paths] = args.operands;
  if (casePath === undefined) throw new Usage("which case? None is given");
  const undo = args.value("undo");
  if (undo !== null) return await undoSource(args, casePath, undo, paths);
  if (paths.length === 0)
    throw new Usage("which evidence? Name folders, .json, .json.gz, .zip, .tar or .tar.gz files after the case");
  const params = { paths, upload: null, embed: !args.has("no-embed"), jobs: wholeNumber(args, "jobs", 1, 64, jobs) };
  const account = await ingest(casePath, params);
  if (args.has("json")) process.stdout.write(`${JSON.stringify(account)}\n`);
  else process.stdout.write(printAccount(account));
  for (const source of account.sources)
    if (source.reason !== null && source.status !== "unchanged")
      process.stderr.write(`tidemark: ${source.path}: ${source.status}: ${source.reason}.\n`);
  if (account.sources.every((source) => source.status === "refused")) return 3;
  return account.sources.some((source) => source.status === "refused" || source.status === "partial") ? 1 : 0;
}

export async function ingest(casePath: string, params: Params<"source.add">): Promise<IngestAccount> {
  return await withEngine(casePath, (engine) => {
    engine.listen("ingest.progress", showProgress);
    engine.listen("ingest.warned", ({ message }) => process.stderr.write(`tidemark: ${message}\n`));
    const release = pauseOnSuspend(engine);
    return untilCancelled((signal) => {
      signal.addEventListener("abort", () => process.stderr.write(STOPPING), { once: true });
      return addOnce(engine, params, signal);
    }).finally(release);
  });
}

const STOPPING = "\ntidemark: stopping; what was read stays in the case. Ctrl-C again ends at once.\n";

/** Ctrl-C cancels what `run` asks for; the engine then ends as it always does. */
export async function untilCancelled<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  process.once("SIGINT", cancel);
  try {
    return await run(stop.signal);
  } catch (thrown) {
    throw stop.signal.aborted ? cancelledWhileStarting(thrown) : thrown;
  } finally {
    process.off("SIGINT", cancel);
    clearProgress();
  }
}

/** If the process that writes ends by itself, it is asked once more: it goes on where it was. */
async function addOnce(engine: Engine, params: Params<"source.add">, signal: AbortSignal): Promise<IngestAccount> {
  try {
    return await engine.ask("source.add", params, { signal });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.kind !== "interrupted" || signal.aborted) throw thrown;
    process.stderr.write(`tidemark: ${thrown.message} Going on.\n`);
    return await engine.ask("source.add", params, { signal });
  }
}

export function showProgress(progress: Progress): void {
  if (!process.stderr.isTTY) return;
  const share = progress.bytesOf > 0 ? `${Math.min(100, Math.floor((progress.bytes / progress.bytesOf) * 100))} %` : "";
  const line =
    progress.stage === "deriving"
      ? progress.bytesOf > 0
        ? `Settling flows: ${share}`
        : "Working out conversations …"
      : `${share} ${progress.members}/${progress.membersOf} files, ${grouped(progress.tuples)} tuples, ${grouped(progress.rejects)} rejects  ${progress.member}`;
  process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}

export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}

async function undoSource(
  args: Arguments,
  casePath: string,
  source: string,
  paths: readonly string[],
): Promise<number> {
  if (paths.length > 0) throw new Usage("--undo takes a source back; evidence is added in a command of its own");
  return await withEngine(casePath, async (engine) => {
    const undone = await goingOn(engine.ask("source.undo", { source }));
    if (args.has("json")) process.stdout.write(`${JSON.stringify({ case: casePath, source, ...undone })}\n`);
    else
      process.stdout.write(
        `Took back ${source}: ${count(undone.records, "record")}, ${count(undone.tuples, "tuple")}.\n`,
      );
    if (undone.alike > 0)
      process.stderr.write(
        `tidemark: that was the one added ${printInstant(undone.addedTime)}; ${count(undone.alike, "source")} of that path ${undone.alike === 1 ? "stays" : "stay"} in the case, added ${undone.staying.map(printInstant).join(", ")}. --undo takes back the newest that is left.\n`,
      );
    if (undone.readAgain.length > 0)
      process.stderr.write(`tidemark: read again, as they hold some of it too: ${undone.readAgain.join(", ")}.\n`);
    for (const path of undone.addAgain)
      process.stderr.write(`tidemark: ${path} relied on it and is not embedded; add it again.\n`);
    return undone.addAgain.length > 0 ? 1 : 0;
  });
}

const NOT_HALF =
  "\ntidemark: a source is taken back in one change, which is not stopped half-way; it goes on. Ctrl-C again ends this command at once, with the case as it was or without the source.\n";

/** The first Ctrl-C ends nothing, and says so. */
export async function goingOn<T>(asked: Promise<T>): Promise<T> {
  let isTold = false;
  const tell = (): void => {
    isTold = true;
    process.stderr.write(NOT_HALF);
  };
  process.once("SIGINT", tell);
  try {
    return await asked;
  } catch (thrown) {
    throw isTold ? cancelledWhileStarting(thrown) : thrown;
  } finally {
    process.off("SIGINT", tell);
  }
}

/** Ctrl-C reaches every process: one that was just starting ends by it. */
function cancelledWhileStarting(thrown: unknown): unknown {
  const isEnded = thrown instanceof AppError && thrown.kind === "interrupted";
  return isEnded ? new AppError("cancelled", "Cancelled; the case is as it was, or consistent.") : thrown;
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

export function printAccount(account: IngestAccount): string {
  const line = (source: SourceAccount): string => {
    const isRead = source.status !== "refused" && source.status !== "unchanged";
    const rest = isRead ? [count(source.members, "file"), ...accountLines(source), ...told(source)] : [source.reason];
    return [`${source.status.padEnd(9)}  ${source.path}`, ...rest].join("\n           ");
  };
  const { records, tuples } = account.added;
  const seconds = ((account.elapsedMs + account.settleMs) / 1000).toFixed(1);
  const isAdded = account.sources.some(({ status }) => status !== "refused" && status !== "unchanged");
  const sums =
    account.sources.length > 1 && isAdded ? [`Together   ${accountLines(account.account).join("\n           ")}`] : [];
  const end = isAdded
    ? `Added ${count(records, "record")} with ${count(tuples, "tuple")} to ${account.case} in ${seconds} s.`
    : `Nothing was added to ${account.case}.`;
  return `${[...account.sources.map(line), ...sums, end].join("\n")}\n`;
}

/** What a source turned out to hold besides: copies of blobs, and paths that say otherwise. */
function told({ copies, remarks }: SourceAccount): string[] {
  const sentences = copiesLine(copies);
  const paths = remarks > 0 ? `${count(remarks, "file")} whose path says otherwise than its records` : null;
  const said = [sentences, paths].filter((each) => each !== null);
  return said.map((each) => `${each}; see query --by members`);
}

export async function runInfo(args: Arguments): Promise<number> {
  const casePath = only(args, "case");
  const info = await withEngine(casePath, (engine) => engine.ask("case.info", {}));
  process.stdout.write(args.has("json") ? `${JSON.stringify(info)}\n` : printInfo(info));
  return 0;
}

function printInfo(info: CaseInfo): string {
  const n = grouped;
  const time = (value: number | null): string => (value === null ? "none" : printInstant(value));
  const rows: [string, string][] = [
    [
      "Evidence",
      info.sources === 0
        ? "none"
        : `${count(info.sources, "source")}, ${count(info.members, "file")}, ${info.embedded ? "embedded" : "not embedded"}`,
    ],
    ["Records", recordsLine(info)],
    ["Tuples", tuplesLine(info)],
    ["", `${n(info.allowed)} allowed, ${n(info.denied)} denied`],
    ["Rejects", info.rejects > 0 ? rejectsLine(info) : "none"],
    ["Time", info.firstTime === null ? "none" : `${time(info.firstTime)} to ${time(info.lastTime)} (UTC)`],
    [
      "Hosts",
      [count(info.nics, "NIC"), count(info.endpoints, "endpoint"), count(info.conversations, "conversation")].join(
        ", ",
      ),
    ],
    [
      "Sent",
      `${n(info.packetsSent)} packets, ${n(info.bytesSent)} bytes (initiator to responder; each side, as logged)`,
    ],
    ["Received", `${n(info.packetsReceived)} packets, ${n(info.bytesReceived)} bytes`],
    ["Case file", `${n(info.fileBytes)} bytes, format ${info.format}`],
    ["Digest", info.logicalDigest],
  ];
  const interrupted = info.sourceList.filter((source) => source.status === "interrupted");
  const lines = rows.map(([name, text]) => `${name.padEnd(10)} ${text}\n`);
  if (info.recovered !== null) lines.push(`${printLoss(info.recovered)}\n`);
  for (const source of interrupted) lines.push(`Unfinished ${source.path}: ${source.reason}\n`);
  return lines.join("");
}

export async function runVerify(args: Arguments): Promise<number> {
  const casePath = only(args, "case");
  const verification = await withEngine(casePath, (engine) => {
    engine.listen("verify.progress", showVerifying);
    return untilCancelled((signal) => engine.ask(args.has("rebuild") ? "case.rebuild" : "case.verify", {}, { signal }));
  });
  if (args.has("json")) process.stdout.write(`${JSON.stringify(verification)}\n`);
  else process.stdout.write(printVerification(verification));
  return verification.ok ? 0 : 1;
}

function showVerifying({ stage, bytes, bytesOf }: VerifyProgress): void {
  if (!process.stderr.isTTY) return;
  const share = bytesOf > 0 ? `${Math.floor((bytes / bytesOf) * 100)} %` : "";
  process.stderr.write(`\r\x1b[KVerifying ${share} ${stage}`);
}

function printVerification(verification: Verification): string {
  const { ok, members, records, tuples, evidence, derived, findings, remarks, advice, fileHash, recovered } =
    verification;
  const head = ok ? "The case holds together" : `The case does not verify: ${count(findings.length, "finding")}`;
  const bytes = { same: "; every byte as in CASE.sha256 beside it", differs: "", none: "" }[fileHash];
  const lines = [
    `${head}. ${count(members, "file")}, ${count(records, "record")}, ${count(tuples, "tuple")}; evidence: ${evidence}; derived: ${derived}${bytes}.`,
    ...findings.map((finding) => `  ${finding}`),
    ...(advice === null ? [] : [advice]),
    ...remarks,
    ...(recovered === null ? [] : [printLoss(recovered)]),
    "This detects damage, not forgery: the case is not signed.",
  ];
  return `${lines.join("\n")}\n`;
}

function printLoss({ from, time, lost }: Loss): string {
  const what = lost.length === 0 ? "nothing was lost" : `${count(lost.length, "loss", "losses")}:`;
  return [`Recovered from ${from} at ${printInstant(time)} (UTC), ${what}`, ...lost.map((each) => `  ${each}`)].join(
    "\n",
  );
}
