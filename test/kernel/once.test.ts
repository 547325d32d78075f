import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";

const folder = mkdtempSync(join(tmpdir(), "once-"));
let executor: Executor;

beforeAll(async () => (executor = await startExecutor({ cwd: folder })));
afterAll(async () => {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
});

async function valueOf(code: string): Promise<string> {
  const shown: string[] = [];
  const outcome = await executor.execute(code, {
    onOutput: (output) => {
      if (output.type === "result") shown.push(String(output.bundle["text/plain"]));
    },
  });
  return outcome.status === "ok" ? shown.join("") : `${outcome.error.ename}`;
}

async function stop(code: string, times = 1): Promise<string> {
  const ended = valueOf(code);
  await pause(300);
  for (let i = 0; i < times; i += 1) executor.interrupt();
  return ended;
}

test("a thenable is asked once by an await, and not at all as a value", async () => {
  const query =
    'let runs = 0; const lazy = { then(done: (v: string) => void) { runs += 1; done("row " + runs); } };';
  expect(await valueOf(`${query} const got = await lazy; [got, runs]`)).toBe("[ 'row 1', 1 ]");
  await valueOf(`${query} lazy`);
  expect(await valueOf("runs")).toBe("0");
});

test("big integers in a loop at the top level stay big integers", async () => {
  expect(await valueOf("let t: any; for (let j = 0; j < 3; j++) { t = 5n; } t")).toBe("5n");
  expect(await valueOf("for (var i = 0n; i < 3n; i++) {} i")).toBe("3n");
});

test("a stopped cell that catches every error does not go on", async () => {
  await valueOf("var n = 0;");
  const loop =
    "while (true) { try { await new Promise((r) => setTimeout(r, 20)); n += 1; } catch {} }";
  expect(await stop(loop)).toBe("KeyboardInterrupt");
  const later = "const before = n; await new Promise((r) => setTimeout(r, 300)); n - before";
  expect(await valueOf(later)).toBe("0");
});

test("Stop pressed five times at once leaves the variables and the next Stop as they were", async () => {
  await valueOf("let kept = 41;");
  expect(await stop("while (true) {}", 5)).toBe("KeyboardInterrupt");
  expect(await stop("while (true) {}")).toBe("KeyboardInterrupt");
  expect(await valueOf("kept + 1")).toBe("42");
});
