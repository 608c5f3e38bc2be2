// What the investigator set for all cases, kept by the host: read once a name, written when it has rested.

import type { SettingName } from "../../shared/contract.ts";
import { ask } from "../host/ask.ts";
import { fail } from "./session.ts";

const RESTS_MS = 600;
const waiting = new Map<SettingName, { readonly timer: number; readonly value: string | null }>();

/** Null: not set. */
export async function readSetting(name: SettingName): Promise<string | null> {
  return (await ask("settings.read", { name })).value;
}

export function writeSetting(name: SettingName, value: string | null): void {
  clearTimeout(waiting.get(name)?.timer);
  waiting.set(name, { timer: window.setTimeout(() => send(name), RESTS_MS), value });
}

window.addEventListener("pagehide", () => {
  for (const name of waiting.keys()) send(name);
});

function send(name: SettingName): void {
  const rested = waiting.get(name);
  if (!rested) return;
  clearTimeout(rested.timer);
  waiting.delete(name);
  ask("settings.write", { name, value: rested.value }).catch((thrown) => fail("A setting could not be kept.", thrown));
}
