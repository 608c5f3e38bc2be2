// Tests in a real browser, each file with an app and a browser of its own.

import { defineConfig } from "vitest/config";

/** For the processes that tests start: the program keeps its compiled code itself, its parts started alone do not. */
const compiled = new URL("../node_modules/.cache/compiled", import.meta.url).pathname;

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/e2e/**/*.test.ts"],
    globalSetup: ["test/e2e/prepare.ts"],
    pool: "forks",
    expect: { poll: { timeout: 20_000 } }, // of a page on a busy machine; one second is vitest's own
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { TZ: "UTC", NODE_COMPILE_CACHE: compiled },
  },
});
