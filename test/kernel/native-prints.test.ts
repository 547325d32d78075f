import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";

const folder = mkdtempSync(join(tmpdir(), "prints-"));
let executor: Executor;

beforeAll(async () => (executor = await startExecutor({ cwd: folder })));
afterAll(async () => {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a cell had printed when it was reported to have ended. */
async function printedBy(code: string): Promise<string> {
  let printed = "";
  let ended = false;
  const outcome = await executor.execute(code, {
    onOutput: (output) => {
      if (output.type === "stream" && !ended) printed += output.text;
    },
  });
  ended = true;
  return outcome.status === "ok" ? printed : outcome.error.evalue;
}

// On Windows the descriptors cannot be read dry.
const onPosix = test.skipIf(process.platform === "win32");

onPosix("what native code prints to the descriptors is in its cell: 100 of 100", async () => {
  await printedBy('import fs from "node:fs"; import { spawnSync } from "node:child_process";');
  const lost: number[] = [];
  for (let i = 0; i < 100; i += 1)
    if ((await printedBy(`fs.writeSync(${1 + (i % 2)}, "ä ${i}\\n")`)) !== `ä ${i}\n`) lost.push(i);
  expect(lost).toEqual([]);
});

onPosix("so is what a child prints that inherits them", async () => {
  const lost: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    const call = `spawnSync("echo", ["child ${i}"], { stdio: "inherit" });`;
    if ((await printedBy(call)) !== `child ${i}\n`) lost.push(i);
  }
  expect(lost).toEqual([]);
  const many = await printedBy('spawnSync("seq", ["40000"], { stdio: "inherit" });');
  expect(many).toBe(Array.from({ length: 40_000 }, (_, i) => `${i + 1}\n`).join(""));
});
