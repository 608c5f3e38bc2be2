// The long forms of the tests, one file after another: `npm run test:long`. Each prints a line of figures.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/long/**/*.test.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
    disableConsoleIntercept: true,
    env: { TZ: "UTC" },
  },
});
