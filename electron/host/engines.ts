// One engine a case, shared by every window that has it open; stopped when the last of them has been gone for a while, so that a
// page that loads again finds it as it left it. Never two engines on one case at a time.

import { type Engine, startEngine } from "../engine/engine.ts";
import type { Launch } from "../engine/keeper.ts";

export type Taken = { readonly engine: Engine; leave(): void };
export type Engines = {
  /** `path`: as `realpath` gives it. */
  take(path: string): Promise<Taken>;
  stop(): Promise<void>;
};

type Held = { readonly engine: Engine; windows: number; later: ReturnType<typeof setTimeout> | undefined };

export function newEngines(launch: (casePath: string) => Launch, lingerMs: number): Engines {
  const held = new Map<string, Held>();
  const ending = new Map<string, Promise<void>>();

  async function end(path: string, one: Held): Promise<void> {
    clearTimeout(one.later);
    if (held.get(path) === one) held.delete(path);
    const stopped = one.engine.stop();
    ending.set(path, stopped);
    await stopped;
    if (ending.get(path) === stopped) ending.delete(path);
  }

  function left(path: string, one: Held): void {
    one.windows -= 1;
    if (one.windows > 0) return;
    if (lingerMs === 0) void end(path, one);
    else one.later = setTimeout(() => void end(path, one), lingerMs);
  }

  return {
    async take(path) {
      while (ending.has(path)) await ending.get(path);
      const one = held.get(path) ?? { engine: startEngine({ launch: launch(path) }), windows: 0, later: undefined };
      held.set(path, one);
      clearTimeout(one.later);
      one.windows += 1;
      let here = true;
      return {
        engine: one.engine,
        leave() {
          if (here) left(path, one);
          here = false;
        },
      };
    },
    async stop() {
      await Promise.all([...held].map(([path, one]) => end(path, one)));
      await Promise.all(ending.values());
    },
  };
}
