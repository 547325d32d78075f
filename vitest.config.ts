import { readFileSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Loading the library anew for each file took a quarter of all time. Tests that leave their process as they found it
// share one; those that start programs, or that change or measure the process itself, have one each.
const roomsOfPrograms = ["kernel", "cli", "data-fetch", "notebooks", "corpus", "jupyter"];
const changesProcess =
  /\bvi\.(mock|doMock|spyOn|stub|useFake|resetModules)|process\.(env|chdir|on|emit|memoryUsage|resourceUsage)\b/;

const files = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => join("test", file).replaceAll("\\", "/"));
const alone = files.filter(
  (file) =>
    roomsOfPrograms.includes(file.split("/")[1] ?? "") ||
    changesProcess.test(readFileSync(file, "utf8")),
);
const together = files.filter((file) => !alone.includes(file));

export default defineConfig({
  resolve: { conditions: ["tsrsa-source"] },
  ssr: { resolve: { conditions: ["tsrsa-source"], externalConditions: [] } },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TZ: "UTC" },
    // Tests that wait for programs they started leave their core to one more.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      { extends: true, test: { name: "together", include: together, isolate: false } },
    ],
  },
});
