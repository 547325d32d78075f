import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startExecutor } from "../../kernel/session/executor-process.ts";
import { Remembered } from "../../kernel/wire/remembered.ts";

interface Heaps {
  readonly server: number;
  readonly executor: number;
}

/** What caches of fixed size and compiled code take once. */
const onceMb = 0.8;

test("3,000 cells, and 300 of them again, leave the heaps of both processes as they were", () => {
  const script = join(import.meta.dirname, "support/memory.mjs");
  const kernel = join(import.meta.dirname, "../../dist/kernel/server/kernel.js");
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", script, kernel], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const [first, later, again] = JSON.parse(stdout) as Heaps[];
  for (const process of ["server", "executor"] as const) {
    expect(later[process] - first[process]).toBeLessThan(0.1 * first[process] + onceMb);
    expect(again[process] / later[process]).toBeLessThan(1.05);
  }
}, 240_000);

test("of numbers, the last are remembered, and none twice", () => {
  const memory = new Remembered(100);
  const numbers = Array.from({ length: 1000 }, (_, i) => BigInt(i) ** 5n % 1_000_003n);
  const all = [...new Set(numbers)].filter((number) => number > 1n);
  all.forEach((number, i) => {
    expect(memory.add(number)).toBe(true);
    for (const recent of all.slice(Math.max(0, i - 99), i + 1))
      expect(memory.add(recent)).toBe(false);
  });
  expect(memory.add(all[0])).toBe(true);
});

test("an error in a function of a cell long past still names its line", async () => {
  const executor = await startExecutor({ cwd: import.meta.dirname });
  await executor.execute("interface A { x: 1 }\nfunction fail(a?: A) {\n  return a!.x;\n}");
  for (let i = 0; i < 40; i += 1) await executor.execute(`${i}`);
  const outcome = await executor.execute("fail()");
  await executor.close();
  const frames = outcome.status === "error" ? outcome.error.frames : [];
  expect(frames[0]).toMatchObject({ cell: 1, line: 3, text: "  return a!.x;" });
});
