// The engine as the command line uses it: started for one case, ended with the command.

import { type Engine, startEngine } from "../engine/engine.ts";
import { forkProcess } from "../engine/fork.ts";

/** Runs with an engine on the case; the engine is ended whatever happens. */
export async function withEngine<T>(casePath: string, run: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = startEngine({ launch: forkProcess(casePath) });
  try {
    return await run(engine);
  } finally {
    await engine.stop();
  }
}
