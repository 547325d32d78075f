import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome, Output } from "../../kernel/executor/protocol.ts";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";

const folder = mkdtempSync(join(tmpdir(), "stop-"));
let executor: Executor;

beforeAll(async () => (executor = await startExecutor({ cwd: folder })));
afterAll(async () => {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly outcome: Outcome;
  readonly value: unknown;
  readonly printed: string;
}

/** Runs a cell; calls `onPrint` with all it has printed so far. */
async function run(code: string, onPrint: (text: string) => void = () => undefined): Promise<Ran> {
  let [printed, value]: [string, unknown] = ["", undefined];
  const onOutput = (output: Output): void => {
    if (output.type === "result") value = output.bundle["text/plain"];
    if (output.type === "stream") onPrint((printed += output.text));
  };
  const outcome = await executor.execute(code, { onOutput });
  return { outcome, value, printed };
}

/** Runs a cell that prints "go" when it is where a Stop shall find it; presses Stop so many times then. */
async function stopAtGo(code: string, times = 1): Promise<Ran> {
  let left = times;
  return run(code, (text) => {
    if (text.includes("go")) for (; left > 0; left -= 1) executor.interrupt();
  });
}

const interrupted = { status: "error", error: { ename: "KeyboardInterrupt" } };
/** Numbers from 0 to 1, the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

const kinds = [
  "while (true) n++",
  "await new Promise(() => {})",
  "for (;;) await 0",
  "for (;;) await new Promise((done) => setTimeout(done, 1))",
  "setTimeout(() => { while (true) n++ }); await new Promise(() => {})",
  "setInterval(() => n++, 1); await new Promise(() => {})",
  "try { while (true) n++ } finally { n++ }",
  "[3, 2, 1].sort(() => { while (true) n++ })",
  "while (true) console.log('flood')",
  "try { await new Promise(() => {}) } catch { while (true) n++ }",
  "for (;;) { try { await new Promise((done) => setTimeout(done, 1)); n++ } catch {} }",
  "1 + 1",
  "await new Promise((done) => setTimeout(done, 5))",
];

async function burst(kind: string, next: () => number): Promise<void> {
  const ended = run(kind);
  await pause(30 * next());
  for (let times = 1 + Math.floor(5 * next()); times > 0; times -= 1) {
    executor.interrupt();
    if (next() < 0.5) await pause(4 * next());
  }
  await ended;
}

const bursts = Number(process.env.TSRSA_STOP_BURSTS ?? 60);

test(`${bursts} bursts of Stops at any moment, beside two busy loops: no variable is lost, no later cell is stopped`, async () => {
  const busy = [1, 2].map(() => spawn(process.execPath, ["-e", "for (;;);"]));
  await run("let kept = 41; let n = 0;");
  const next = random(7);
  const later: unknown[] = [];
  for (let i = 0; i < bursts; i += 1) {
    await burst(kinds[i % kinds.length], next);
    if (next() < 0.3) executor.interrupt();
    const { outcome, value } = await run("kept + 1");
    if (outcome.status !== "ok" || value !== "42") later.push([kinds[i % kinds.length], outcome]);
  }
  busy.forEach((child) => child.kill("SIGKILL"));
  expect(later).toEqual([]);
}, 240_000);

describe("a cell that catches the Stop", () => {
  test.each([
    [
      "and waits again",
      "for (;;) { try { await new Promise((done) => setTimeout(done, 2)) } catch {} }",
    ],
    ["and is busy from then on", "try { await new Promise(() => {}) } catch { while (true) n++ }"],
  ])("%s ends, and takes no later Stop", async (_, code) => {
    await run("let n = 0; let kept = 41;");
    expect((await stopAtGo(`console.log("go"); ${code}`)).outcome).toMatchObject(interrupted);
    expect((await stopAtGo('console.log("go"); while (true);')).outcome).toMatchObject(interrupted);
    expect((await run("kept + 1")).value).toBe("42");
  });

  test("may clean up, and wait for that", async () => {
    const cell =
      'setTimeout(() => console.log("go")); try { await new Promise(() => {}) } finally { await new Promise((done) => setTimeout(done, 20)); console.log("closed") }';
    const { outcome, printed } = await stopAtGo(cell);
    expect(outcome).toMatchObject(interrupted);
    expect(printed).toBe("go\nclosed\n");
  });
});

test.each([
  ["let held: any = 0, rounds = 0;", '"abc"', "'abc'"],
  ["let held: any, rounds = 0;", '"abc"', "'abc'"],
  ["let held: any = 1, rounds = 0;", "undefined", "undefined"],
  ["let held: any = 'a', rounds = 0;", "null", "null"],
  ["let held: any = 'a', rounds = 0;", "true", "true"],
])(
  "after a stopped loop a variable holds what it was given: %s %s",
  async (before, given, shown) => {
    await run(before);
    const stop = setTimeout(() => executor.interrupt(), 150);
    const { outcome } = await run(`while (true) { held = ${given}; rounds++; }`);
    clearTimeout(stop);
    expect(outcome).toMatchObject(interrupted);
    const { value } = await run("[held, rounds > 1000]");
    expect(value).toBe(`[ ${shown}, true ]`);
  },
);

test("text printed before a Stop is kept, also what was gathered and not yet sent", async () => {
  const cell = `
    for (let i = 0; i < 1000; i++) console.log(i);
    (globalThis as any)[Symbol.for("Jupyter.hook")].display({ "text/plain": "go" });
    console.log("last");
    while (true);`;
  let printed = "";
  const outcome = await executor.execute(cell, {
    onOutput: (output) => {
      if (output.type === "stream") printed += output.text;
      if (output.type === "display") executor.interrupt();
    },
  });
  expect(outcome).toMatchObject(interrupted);
  expect(printed).toBe(`${Array.from({ length: 1000 }, (_, i) => `${i}\n`).join("")}last\n`);
});

describe.skipIf(process.platform === "win32")("a Stop ends the child that a cell waits for", () => {
  test.each([
    ["execSync", 'execSync("sleep 60")'],
    ["spawnSync", 'spawnSync("sleep", ["60"])'],
    ["a pipeline in a shell", 'execSync("sleep 60 | cat; sleep 60")'],
    [
      "one that ignores polite signals",
      "spawnSync('sh', ['-c', 'trap \"\" INT TERM; sleep 60; sleep 60'])",
    ],
    ["one after another", 'for (;;) spawnSync("sleep", ["60"])'],
  ])(
    "%s",
    async (_, call) => {
      await run('import { execSync, spawn, spawnSync } from "node:child_process"; let kept = 41;');
      await stopAtGo(`console.log("go"); ${call}; while (true);`);
      expect((await run("kept + 1")).value).toBe("42");
    },
    20_000,
  );

  test("and no older one", async () => {
    await run(
      'import { spawn, spawnSync } from "node:child_process"; const server = spawn("sleep", ["60"]);',
    );
    await stopAtGo('console.log("go"); spawnSync("sleep", ["60"]); while (true);');
    const { value } = await run("[server.exitCode, server.signalCode, server.kill('SIGKILL')]");
    expect(value).toBe("[ null, null, true ]");
  });
});

test("what only the end of the process can stop says so, before and after", async () => {
  const cell =
    'import { pbkdf2Sync } from "node:crypto"; console.log("go"); pbkdf2Sync("a", "b", 2e9, 64, "sha512")';
  const own = await startExecutor({ cwd: folder });
  let printed = "";
  const outcome = await own.execute(cell, {
    onOutput: (output) => {
      if (output.type !== "stream") return;
      printed += output.text;
      if (output.text === "go\n") own.interrupt({ killAfterMs: 1500 });
    },
  });
  await own.close();
  expect(printed).toMatch(/only the end of its process can stop/);
  expect(outcome).toMatchObject({
    exited: true,
    error: { evalue: expect.stringMatching(/native code/) as string },
  });
});

test("the guard is started anew when it ends, with the Stop that was on its way", async () => {
  await run(`
    import { Session } from "node:inspector/promises";
    let kept = 41;
    const session = new Session();
    session.connect();
    const guards: string[] = [];
    session.on("NodeWorker.attachedToWorker", ({ params }) => guards.push(params.sessionId));
    await session.post("NodeWorker.enable", { waitForDebuggerOnStart: false });
    async function endGuard() {
      const message = JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression: "process.exit(1)" } });
      await session.post("NodeWorker.sendMessageToWorker", { sessionId: guards.at(-1)!, message });
    }`);
  for (let i = 0; i < 3; i += 1) {
    const before = Number((await run("guards.length")).value);
    expect(before).toBe(i + 1);
    await run(
      "await endGuard(); while (guards.length < " +
        (before + 1) +
        ") await new Promise((done) => setTimeout(done, 5))",
    );
    expect((await stopAtGo('console.log("go"); while (true);')).outcome).toMatchObject(interrupted);
    expect((await run("kept + 1")).value).toBe("42");
  }
});
