import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome, Output } from "../../kernel/executor/protocol.ts";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";

const folder = mkdtempSync(join(tmpdir(), "whose-"));
let executor: Executor;

beforeAll(async () => {
  writeFileSync(
    join(folder, "library.js"),
    `export const later = (work) => setTimeout(work, 1);
     export async function* ticks() { for (;;) { await new Promise((done) => setTimeout(done, 1)); yield 0; } }`,
  );
  executor = await startExecutor({ cwd: folder });
});
afterAll(async () => {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly outcome: Outcome;
  /** What it has printed; grows while what it left behind goes on. */
  readonly printed: () => string;
  readonly value: () => unknown;
}

async function run(code: string, seen: () => void = () => undefined): Promise<Ran> {
  let [text, value]: [string, unknown] = ["", undefined];
  const onOutput = (output: Output): void => {
    if (output.type === "stream") text += output.text;
    if (output.type === "result") value = output.bundle["text/plain"];
    seen();
  };
  const outcome = await executor.execute(code, { onOutput });
  return { outcome, printed: () => text, value: () => value };
}

/** Runs `first`, which leaves something behind, and beside it a cell that waits until `globalThis.happened`. */
async function beside(first: string): Promise<{ first: Ran; second: Ran }> {
  await run("globalThis.happened = false;");
  const earlier = await run(first);
  const second = await run(
    "while (!globalThis.happened) await new Promise((done) => setTimeout(done, 2)); 'done'",
  );
  await run("await new Promise((done) => setTimeout(done, 20))");
  return { first: earlier, second };
}

const happens = "queueMicrotask(() => setImmediate(() => { globalThis.happened = true }));";

describe("an error that an earlier cell left behind is shown there, with its name, and harms no other", () => {
  test.each([
    ["a timer", `setTimeout(() => { ${happens} throw new RangeError("stray") }, 20)`],
    [
      "a promise",
      `setTimeout(() => { ${happens} }, 30); void (async () => { await new Promise((done) => setTimeout(done, 20)); throw new RangeError("stray") })()`,
    ],
    [
      "a tick in a timer",
      `setTimeout(() => process.nextTick(() => { ${happens} throw new RangeError("stray") }), 20)`,
    ],
    [
      "a timer of a library",
      `import { later } from "./library.js"; later(() => { ${happens} throw new RangeError("stray") })`,
    ],
    [
      "a callback of a file",
      `import fs from "node:fs"; fs.readFile("library.js", () => { ${happens} throw new RangeError("stray") })`,
    ],
    [
      "an event of a child",
      `import { spawn } from "node:child_process"; spawn(process.execPath, ["-e", "0"]).on("exit", () => { ${happens} throw new RangeError("stray") })`,
    ],
    [
      "a worker",
      `import { Worker } from "node:worker_threads"; new Worker("throw new RangeError('stray')", { eval: true }).on("exit", () => { ${happens} })`,
    ],
  ])("%s", async (_, code) => {
    const { first, second } = await beside(code);
    expect(second.outcome.status).toBe("ok");
    expect(second.value()).toBe("'done'");
    expect(second.printed()).toBe("");
    expect(first.printed()).toMatch(/^Uncaught RangeError: stray/);
  });

  test("the place in that cell is named", async () => {
    const { first } = await beside(
      `0;\nsetTimeout(() => { ${happens} throw new Error("at") }, 20)`,
    );
    expect(first.printed()).toMatch(/^Uncaught Error: at \(cell \d+, line 2\)\n$/);
  });
});

describe("what an earlier cell prints late is its own", () => {
  test.each([
    [
      "a promise nobody awaits",
      `void (async () => { await new Promise((done) => setTimeout(done, 20)); console.log("late"); ${happens} })()`,
    ],
    [
      "a promise within a library",
      `import { ticks } from "./library.js"; void (async () => { for await (const _ of ticks()) { console.log("late"); ${happens} break; } })()`,
    ],
    [
      "a server",
      `
      import { createServer, get } from "node:http";
      const server = createServer((_, response) => { console.log("late"); response.end(); });
      server.listen(0, () => get({ port: (server.address() as any).port, agent: false }, (response) => response.resume().on("end", () => { ${happens} server.close() })))`,
    ],
    [
      "a child",
      `import { spawn } from "node:child_process"; spawn(process.execPath, ["-e", "console.log('late')"]).stdout.on("data", (text) => { process.stdout.write(text); ${happens} })`,
    ],
    [
      "an interval",
      `let turns = 0; const timer = setInterval(() => { if (++turns < 5) return; clearInterval(timer); console.log("late"); ${happens} }, 5)`,
    ],
  ])("%s", async (_, code) => {
    const { first, second } = await beside(code);
    expect(first.printed()).toBe("late\n");
    expect(second.printed()).toBe("");
  });
});

describe("AsyncLocalStorage", () => {
  test("carries its value through awaits, timers, ticks and resources, and costs nothing at a Stop", async () => {
    await run(`
      import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
      const store = new AsyncLocalStorage<string>();
      let kept = 41;
      async function seen() {
        const found = [store.getStore()];
        await new Promise((done) => setTimeout(done, 1));
        found.push(store.getStore());
        await new Promise<void>((done) => process.nextTick(() => { found.push(store.getStore()); done() }));
        await new Promise<void>((done) => setImmediate(() => { found.push(store.getStore()); done() }));
        found.push(store.exit(() => store.getStore() ?? "none"));
        const { bound, resource } = store.run("inner", () => ({
          bound: AsyncLocalStorage.bind(() => store.getStore()), resource: new AsyncResource("own") }));
        found.push(bound(), resource.runInAsyncScope(() => store.getStore()));
        return found.join(" ");
      }`);
    const cell = "[await store.run('outer', seen), store.getStore()]";
    const expected = "[ 'outer outer outer outer none inner inner', undefined ]";
    expect((await run(cell)).value()).toBe(expected);
    let asked = 0;
    for (const busy of [
      "store.run('a', () => { console.log('go'); while (true); })",
      "await store.run('a', async () => { await seen(); console.log('go'); while (true); })",
      "store.run('a', () => setTimeout(() => { console.log('go'); while (true); })); await new Promise(() => {})",
      "Promise.resolve().then(() => store.run('b', () => { console.log('go'); while (true); })); await new Promise(() => {})",
    ])
      for (let i = 0; i < 5; i += 1) {
        const { outcome } = await run(busy, () => {
          asked += 1;
          executor.interrupt();
        });
        expect(outcome).toMatchObject({ error: { ename: "KeyboardInterrupt" } });
        expect((await run("kept + 1")).value()).toBe("42");
      }
    expect(asked).toBe(20);
    expect((await run(cell)).value()).toBe(expected);
  });
});
