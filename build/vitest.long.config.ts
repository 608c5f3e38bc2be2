// The long forms of the tests, one file after another: `npm run test:long`. Each prints a line of figures.

import { defineConfig } from "vitest/config";

/** For the processes that tests start: the program keeps its compiled code itself, its parts started alone do not. */
const compiled = new URL("../node_modules/.cache/compiled", import.meta.url).pathname;

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/long/**/*.test.ts"],
    globalSetup: ["test/e2e/prepare.ts"],
    pool: "forks",
    expect: { poll: { timeout: 20_000 } }, // of a page on a busy machine; one second is vitest's own
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
    disableConsoleIntercept: true,
    env: { TZ: "UTC", NODE_COMPILE_CACHE: compiled },
  },
});
