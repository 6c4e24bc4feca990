import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "scripts/**/*.test.ts"],
    setupFiles: process.env["CI"] === undefined ? [] : ["scripts/one-seed.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most of the time of the long ones goes by in other processes.
    maxWorkers: 3,
  },
});
