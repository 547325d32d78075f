import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { twinBackend, wasmBackend } from "../../src/compute/backend.ts";
import { kernelNames } from "../../src/compute/kernels.ts";
import { rankVectors } from "../../src/compute/rank-vectors.ts";
import { gramRdm } from "../../src/compute/gram-rdm.ts";
import { wasmBase64, wasmSourceHash } from "../../src/compute/wasm-binary.ts";
import { ComputeEngine, computeEngine, platformThreads } from "../../src/compute/compute-engine.ts";
import { isTsrsaError } from "../../src/core/errors.ts";
import type { Thread } from "../../src/core/thread.ts";
import { digest, noise } from "./series.ts";

const root = join(import.meta.dirname, "../..");
const rows = noise(200 * 6000, 2);
const vectors = Array.from({ length: 200 }, (_, v) => noise(20_000, v + 1));

/** An engine whose threads the test can lay hands on. */
function watchedEngine(): { engine: ComputeEngine; started: Thread[] } {
  const started: Thread[] = [];
  const engine = new ComputeEngine(
    {
      ...platformThreads,
      startThread: (script, events) => {
        const thread = platformThreads.startThread(script, events);
        started.push(thread);
        return thread;
      },
    },
    async () => (await wasmBackend()) ?? twinBackend(),
  );
  return { engine, started };
}

describe("the wasm binary", () => {
  test("was made from the sources as they are", async () => {
    const { sourceHash } = (await import(join(root, "scripts/build-wasm.mjs"))) as {
      sourceHash: () => string;
    };
    expect(sourceHash()).toBe(wasmSourceHash);
  });

  test("compiled anew is the same to the byte, where the compiler is there", async ({ skip }) => {
    const { compile, findCompiler } = (await import(join(root, "scripts/build-wasm.mjs"))) as {
      compile: () => string;
      findCompiler: () => string | undefined;
    };
    if (findCompiler() === undefined) return skip("AssemblyScript is not here: npm run build:wasm");
    expect(compile() === wasmBase64).toBe(true);
  });

  test("is what runs where it can, and has every kernel", async () => {
    const backend = await wasmBackend();
    expect(backend?.kind).toBe("wasm");
    for (const name of kernelNames) expect(backend?.kernels[name]).toBeTypeOf("function");
    const kind = await computeEngine.use({ work: "asking", expectedMs: 0 }, async (w) => w.kind);
    expect(kind).toBe("wasm");
  });
});

describe("threads", () => {
  test("a small job starts none", async () => {
    const { engine, started } = watchedEngine();
    await rankVectors([noise(100)], { jobs: 4 }, engine);
    expect(started.length).toBe(0);
  });

  test("one job means the calling thread alone", async () => {
    const { engine, started } = watchedEngine();
    await gramRdm(rows, 200, 6000, "correlation", { jobs: 1 }, engine);
    expect(started.length).toBe(0);
  });

  test("workers take blocks, and the numbers do not tell how many", async () => {
    const { engine, started } = watchedEngine();
    const alone = await rankVectors(vectors, { jobs: 1 }, engine);
    await (await engine.pool())?.ready(2);
    expect(started.length).toBe(2);
    expect(digest(await rankVectors(vectors, { jobs: 3 }, engine))).toBe(digest(alone));
    (await engine.pool())?.stop();
  });

  test("a row of short jobs lets the workers in too", async () => {
    const { engine } = watchedEngine();
    const few = vectors.slice(0, 8);
    const until = performance.now() + 10_000;
    const pool = await engine.pool();
    while (pool?.nReady === 0 && performance.now() < until) {
      await rankVectors(few, { jobs: 2 }, engine);
    }
    expect(pool?.nReady).toBe(1);
    pool?.stop();
  });

  test("an error in a worker comes back with its message and stack", async () => {
    const { engine } = watchedEngine();
    await (await engine.pool())?.ready(1);
    const failing = engine.use({ work: "failing", expectedMs: 100, jobs: 2 }, (workspace) =>
      // Values far outside the memory: every block traps, here or there.
      workspace.run("rankVectors", [1000, 4e9, 4e9, 4e9], 50, { scratchBytes: 1e6 }),
    );
    await expect(failing).rejects.toThrow(/out of bounds/);
    expect(await rankVectors([Float64Array.of(3, 1)], {}, engine)).toEqual([
      { ranks: Float64Array.of(2, 1), tieSum: 0 },
    ]);
    (await engine.pool())?.stop();
  });

  test("a worker that dies in a job fails it by name, and the next job has a new one", async () => {
    const { engine, started } = watchedEngine();
    const pool = await engine.pool();
    await pool?.ready(1);
    const job = rankVectors(vectors, { jobs: 2 }, engine);
    setTimeout(() => started[0].stop(), 5);
    await expect(job).rejects.toSatisfy((error) => isTsrsaError(error, "WORKER_FAILED"));
    expect(pool?.nStarted).toBe(0);
    expect((await rankVectors(vectors, { jobs: 2 }, engine)).length).toBe(200);
    await pool?.ready(1);
    expect(started.length).toBe(2);
    pool?.stop();
  });

  test("where workers are forbidden the calling thread does it all", async () => {
    const engine = new ComputeEngine(
      {
        ...platformThreads,
        startThread: () => {
          throw new Error("refused by policy");
        },
      },
      async () => (await wasmBackend()) ?? twinBackend(),
    );
    const [found] = await rankVectors(vectors, { jobs: 4 }, engine);
    expect(digest([found])).toBe(digest(await rankVectors(vectors.slice(0, 1))));
  });

  test("a worker that cannot start is no fault", async () => {
    const engine = new ComputeEngine(
      {
        ...platformThreads,
        startThread: (_, events) => platformThreads.startThread("throw 1", events),
      },
      async () => (await wasmBackend()) ?? twinBackend(),
    );
    expect((await rankVectors(vectors, { jobs: 2 }, engine)).length).toBe(200);
    await (await engine.pool())?.ready(1);
    expect((await engine.pool())?.nReady).toBe(0);
  });

  test("in a page that may send no shared memory the kernels run on one thread", async () => {
    const shared = globalThis.SharedArrayBuffer;
    const engine = new ComputeEngine(
      platformThreads,
      async () => (await wasmBackend()) ?? twinBackend(),
    );
    try {
      Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
      expect(await engine.pool()).toBeUndefined();
    } finally {
      globalThis.SharedArrayBuffer = shared;
    }
    expect(await engine.use({ work: "asking", expectedMs: 0 }, async (w) => w.kind)).toBe("wasm");
    const few = noise(50 * 300);
    expect(await gramRdm(few, 50, 300, "correlation", { jobs: 4 }, engine)).toEqual(
      await gramRdm(few, 50, 300, "correlation"),
    );
  });

  test("a kernel that has no twin is refused by name where there is no WebAssembly", async () => {
    const engine = new ComputeEngine(platformThreads, async () => twinBackend());
    const job = engine.use({ work: "asking", expectedMs: 0 }, (w) => w.run("gramTiles", [], 1));
    await expect(job).rejects.toSatisfy((error) => isTsrsaError(error, "UNSUPPORTED"));
  });

  test("idle workers do not keep a program alive", () => {
    const script = `
      const { Worker } = require("node:worker_threads");
      const text = ${JSON.stringify(readFileSync(join(root, "src/compute/worker-script.ts"), "utf8").split("`")[1])};
      new Worker(text, { eval: true, execArgv: [] }).unref();
      setTimeout(() => console.log("end"), 100);`;
    const { stdout, status } = spawnSync(process.execPath, ["-e", script], { timeout: 20_000 });
    expect([stdout.toString().trim(), status]).toEqual(["end", 0]);
  });
});

describe("a job", () => {
  const engine = new ComputeEngine(
    platformThreads,
    async () => (await wasmBackend()) ?? twinBackend(),
  );
  const many = vectors.slice(0, 120);

  test("is cancelled at the border of a block, and the next one runs", async () => {
    const controller = new AbortController();
    const job = rankVectors(many, { signal: controller.signal, jobs: 2 }, engine);
    setTimeout(() => controller.abort(), 10);
    await expect(job).rejects.toSatisfy((error) => isTsrsaError(error, "CANCELLED"));
    expect((await rankVectors(many.slice(0, 2), {}, engine)).length).toBe(2);
  });

  test("is not begun when it is cancelled before", async () => {
    const job = rankVectors(many, { signal: AbortSignal.abort() }, engine);
    await expect(job).rejects.toSatisfy((error) => isTsrsaError(error, "CANCELLED"));
  });

  test("tells how far it has come, up to the end", async () => {
    const seen: number[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) =>
      seen.push(done / total);
    const some = rows.subarray(0, 100 * 6000);
    await gramRdm(some, 100, 6000, "correlation", { onProgress }, engine);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test("waits for the one before, and both are right", async () => {
    const [a, b] = await Promise.all([
      rankVectors(many.slice(0, 30), {}, engine),
      rankVectors(many.slice(30, 60), {}, engine),
    ]);
    expect(digest([...a, ...b])).toBe(digest(await rankVectors(many.slice(0, 60), {}, engine)));
  });
});

test.each([0, -2, 1.5, NaN])("%d threads are refused", async (jobs) => {
  await expect(rankVectors([noise(5)], { jobs })).rejects.toThrow(/invalid jobs/);
});

test("the memory of a large job is given back, and the next job works", async () => {
  const { engine } = watchedEngine();
  const options = { work: "hoarding", expectedMs: 0 };
  const large = await engine.use(options, async (workspace) => {
    workspace.allocate(600 * 2 ** 20);
    return workspace.float64(0, 1).buffer.byteLength;
  });
  expect(large).toBeGreaterThan(600 * 2 ** 20);
  const next = await engine.use(options, async (w) => w.float64(0, 1).buffer.byteLength);
  expect(next).toBeLessThan(2 ** 20);
});

test("more memory than there is fails by name, and the engine goes on", async () => {
  const { engine } = watchedEngine();
  const greedy = engine.use({ work: "hoarding", expectedMs: 0 }, async (workspace) =>
    workspace.allocate(5 * 2 ** 30),
  );
  await expect(greedy).rejects.toSatisfy((error) => isTsrsaError(error, "OUT_OF_MEMORY"));
  expect((await rankVectors([noise(5)], {}, engine)).length).toBe(1);
});
