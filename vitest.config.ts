import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["tsrsa-source"] },
  ssr: { resolve: { conditions: ["tsrsa-source"], externalConditions: [] } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TZ: "UTC" },
  },
});
