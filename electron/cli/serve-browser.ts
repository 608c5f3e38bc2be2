// Shows an address in a window of Chromium or one of its kin, with a profile of its own and nothing of the network, else in the
// default browser. Where none of them starts, nothing is shown.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { configFolder } from "../host/folders.ts";

export type Window = {
  readonly said: string;
  /** Never settles where the window is one of a browser that runs by itself. */
  readonly closed: Promise<void>;
  close(): void;
};

type Candidate = { readonly file: string; readonly args: readonly string[]; readonly own: boolean };

/** A browser that has not ended in failure by then has started. */
const START_MS = 1500;
/** One that ends sooner has handed the address to another that was running. */
const HANDED_OVER_MS = 5000;

export function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Null where there is no display or no browser. */
export async function showInBrowser(url: string): Promise<Window | null> {
  if (!hasDisplay()) return null;
  for (const candidate of [...chromiums(url), defaultBrowser(url)]) {
    const window = await started(candidate);
    if (window !== null) return window;
  }
  return null;
}

async function started({ file, args, own }: Candidate): Promise<Window | null> {
  const began = performance.now();
  const child = spawn(file, args, { stdio: "ignore", detached: !own });
  const ended = new Promise<boolean>((settle) => {
    child.on("error", () => settle(false));
    child.on("exit", (code) => settle(code === 0));
  });
  if (!(await Promise.race([ended, wait(START_MS, true)]))) return null;
  child.unref();
  if (!own) return { said: "Shown in the default browser.", closed: never(), close() {} };
  const closed = ended.then(() => (performance.now() - began < HANDED_OVER_MS ? never() : undefined));
  return { said: "Shown in a window of its own.", closed, close: () => end(child) };
}

function never(): Promise<void> {
  return new Promise(() => {});
}

function end(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill();
}

function chromiums(url: string): Candidate[] {
  return places()
    .filter((file) => existsSync(file))
    .map((file) => ({
      file,
      own: true,
      args: [
        `--app=${url}`,
        // A snap may not use hidden folders of the user; it keeps to its own profile.
        ...(file.startsWith("/snap/") ? [] : [`--user-data-dir=${join(configFolder(), "browser")}`]),
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-extensions",
        "--no-pings",
      ],
    }));
}

function places(): string[] {
  const { env, platform } = process;
  if (platform === "darwin")
    return ["Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  if (platform === "win32") {
    const homes = [env.ProgramFiles, env["ProgramFiles(x86)"], env.LOCALAPPDATA].filter((home) => home !== undefined);
    const programs = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
    return programs.flatMap((program) => homes.map((home) => join(home, program)));
  }
  const names = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "brave-browser",
  ];
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function defaultBrowser(url: string): Candidate {
  if (process.platform === "darwin") return { file: "open", args: [url], own: false };
  if (process.platform === "win32") return { file: "rundll32", args: ["url.dll,FileProtocolHandler", url], own: false };
  return { file: "xdg-open", args: [url], own: false };
}
