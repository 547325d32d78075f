import { describe, expect, test } from "vitest";
import { twinBackend, type Backend } from "../../src/compute/backend.ts";
import { gramRdmSync } from "../../src/compute/gram-rdm.ts";
import type { Pool, PoolWork } from "../../src/compute/pool.ts";
import { slidingWindowRdms } from "../../src/compute/sliding-windows.ts";
import { ComputeEngine, platformThreads } from "../../src/compute/compute-engine.ts";
import { Workspace } from "../../src/compute/workspace.ts";
import { computeRdm } from "../../src/rdm/index.ts";
import { noise } from "./series.ts";

const threads = { ...platformThreads, threadCount: () => 4 };
const job = { work: "a test", expectedMs: 0 };

/** Resolves when asked to. */
function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

describe("an engine goes on after failures", () => {
  test("memory that could not be had once is asked for again", async () => {
    let failures = 1;
    const engine = new ComputeEngine(threads, async () => {
      if (failures-- > 0) throw new Error("no memory today");
      return twinBackend();
    });
    await expect(engine.use(job, async (w) => w.kind)).rejects.toThrow("no memory today");
    await expect(engine.use(job, async (w) => w.kind)).resolves.toBe("twin");
  });

  test("a job that waits for its turn is cancelled at once", async () => {
    const engine = new ComputeEngine(threads, async () => twinBackend());
    const { opened, open } = gate();
    const first = engine.use(job, () => opened);
    const controller = new AbortController();
    let began = false;
    const second = engine.use({ ...job, signal: controller.signal }, async () => {
      began = true;
    });
    controller.abort();
    await expect(second).rejects.toThrow(/a test was cancelled/);
    open();
    await first;
    expect(await engine.use(job, async () => 3)).toBe(3);
    expect(began).toBe(false);
  });

  test("a job cancelled before it is given is refused while another runs", async () => {
    const engine = new ComputeEngine(threads, async () => twinBackend());
    const { opened, open } = gate();
    const first = engine.use(job, () => opened);
    const signal = AbortSignal.abort();
    await expect(engine.use({ ...job, signal }, async () => 1)).rejects.toThrow(/cancelled/);
    open();
    await first;
  });
});

/** A pool that only notes what it was given. */
function watchedPool(): { pool: Pool; joined: { work: PoolWork; helpers: number }[] } {
  const joined: { work: PoolWork; helpers: number }[] = [];
  const pool = {
    start: () => {},
    join: (work: PoolWork, helpers: number) => {
      joined.push({ work, helpers });
      return async () => {};
    },
  } as unknown as Pool;
  return { pool, joined };
}

describe("threads in one memory", () => {
  test("scratch memory of workers that join later is nobody else's", async () => {
    const { pool, joined } = watchedPool();
    const backend: Backend = twinBackend();
    const quick = { ...backend, kernels: { ...backend.kernels, windowNorms: () => {} } };
    const workspace = new Workspace(quick, pool, threads, job, { lastYield: 0 });
    await workspace.run("windowNorms", [], 1, { scratchBytes: 256 });
    const address = workspace.allocate(4096);
    await workspace.run("windowNorms", [], 8, { scratchBytes: 256 });
    const { work, helpers } = joined[1];
    expect(helpers).toBe(3);
    for (let worker = 0; worker < helpers; worker++) {
      const from = work.scratchOf(worker);
      expect(from + 256 <= address || from >= address + 4096).toBe(true);
    }
  });

  test("workers are told to stop when the calling thread fails", async () => {
    const { pool } = watchedPool();
    const backend = twinBackend();
    let counter = -1;
    const failing = {
      ...backend,
      kernels: {
        ...backend.kernels,
        windowNorms: () => {
          throw new Error("a fault");
        },
      },
    };
    pool.join = () => async () => {
      counter = new Int32Array(backend.buffer(), 0, 64)[16];
    };
    const workspace = new Workspace(failing, pool, threads, job, { lastYield: 0 });
    workspace.allocate(64);
    await expect(workspace.run("windowNorms", [], 8)).rejects.toThrow("a fault");
    expect(counter).toBe(8);
  });
});

test("every window of a series of several batches", async () => {
  const [nItems, nChannels, nSamples, radius] = [4, 2, 1203, 1];
  const data = noise(nItems * nChannels * nSamples, 3);
  const series = { nItems, nChannels, nSamples, radius };
  let window = 0;
  for await (const rdm of slidingWindowRdms(data, series)) {
    const rows = Array.from({ length: nItems }, (_, item) =>
      [0, 1].flatMap((channel) => {
        const at = (item * nChannels + channel) * nSamples + window;
        return [...data.subarray(at, at + 3)];
      }),
    );
    const right = computeRdm(rows).condensed;
    right.forEach((value, pair) => expect(rdm[pair]).toBeCloseTo(value, 12));
    window++;
  }
  expect(window).toBe(nSamples - 2 * radius);
});

describe("what the kernels cannot do is left to plain code", () => {
  test.each([1e-150, 1e150])("numbers of %s", (size) => {
    const rows = noise(30, 4).map((value) => value * size);
    expect(gramRdmSync(rows, 6, 5, "cosine")).toBeUndefined();
    const plain = computeRdm(
      Array.from({ length: 6 }, (_, item) => [...noise(30, 4).subarray(5 * item, 5 * item + 5)]),
      { metric: "cosine" },
    );
    const large = computeRdm({ data: rows, shape: [6, 5] }, { metric: "cosine" }).condensed;
    plain.condensed.forEach((value, at) => expect(large[at]).toBeCloseTo(value, 10));
  });

  test("more items than the memory of the kernels holds", () => {
    expect(gramRdmSync(new Float64Array(2 * 24_000), 24_000, 2, "cosine")).toBeUndefined();
  });
});
