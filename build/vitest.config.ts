// Tests without a browser. One worker more than processors: most of them wait for processes they have started.

import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** For the processes that tests start: the program keeps its compiled code itself, its parts started alone do not. */
const compiled = new URL("../node_modules/.cache/compiled", import.meta.url).pathname;

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/{unit,property,golden,contract,cli}/**/*.test.ts"],
    pool: "forks",
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { TZ: "UTC", NODE_COMPILE_CACHE: compiled },
  },
});
