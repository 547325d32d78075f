import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["tsrsa-source"] },
  ssr: { resolve: { conditions: ["tsrsa-source"], externalConditions: [] } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TZ: "UTC" },
    // One core is left idle by default; tests that wait for other processes would then hold up all others.
    maxWorkers: "100%",
  },
});
