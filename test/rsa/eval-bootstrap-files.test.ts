import { afterEach, describe, expect, test, vi } from "vitest";
import { Workspace } from "../../src/compute/workspace.ts";
import { sampleBytes } from "../../src/compute/sample-bytes.ts";
import {
  evalBootstrap,
  evalBootstrapFiles,
  openRdmFile,
  random,
  Rdm,
  type EvalBootstrapFilesOptions,
  type EvalResult,
  type RdmFile,
} from "../../src/index.ts";
import { npyBytes } from "../../src/io/npy/index.ts";

const quiet = { onProgress: false } as const;
const nItems = 24;
const nPairs = (nItems * (nItems - 1)) / 2;
const lot = random(3);
const vector = (value: () => number): Float64Array => Float64Array.from({ length: nPairs }, value);
const base = vector(lot.normal);
const near = (): Float64Array => base.map((value) => value + lot.normal());
const subjects = [near(), near(), near().map((value) => Math.round(value)), near()];
const models = [near(), vector(() => lot.integer(2))];

const opened = (vectors: readonly Float64Array[], names?: string): Promise<RdmFile[]> =>
  Promise.all(
    vectors.map((values, at) =>
      openRdmFile(npyBytes(values), names === undefined ? {} : { name: `${names}${at}` }),
    ),
  );
const rdms = (vectors: readonly Float64Array[], name: string): Rdm[] =>
  vectors.map((values, at) => new Rdm(values, { name: `${name}${at}` }));

async function both(
  data: readonly Float64Array[],
  options: Omit<EvalBootstrapFilesOptions, "maxBytes">,
): Promise<[EvalResult, EvalResult]> {
  const files = evalBootstrapFiles(await opened(models, "m"), await opened(data, "s"), options);
  return [await files, await evalBootstrap(rdms(models, "m"), rdms(data, "s"), options)];
}

function expectSame(a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): void {
  expect(a?.length).toBe(b?.length);
  Array.from(a ?? []).forEach((value, k) => {
    const other = b?.[k] ?? NaN;
    if (Number.isNaN(other)) expect(value).toBeNaN();
    else expect(Math.abs(value - other)).toBeLessThan(1e-12);
  });
}

afterEach(() => vi.restoreAllMocks());

describe("samples of files are those of RDMs in memory", () => {
  test.each(["spearman", "rho-a", "corr", "cosine"] as const)("%s", async (method) => {
    for (const resample of ["items", "rdms", "both", "dual"] as const) {
      const [files, memory] = await both(subjects, {
        method,
        resample,
        samples: 6,
        seed: 4,
        ...quiet,
      });
      expectSame(files.scores.data, memory.scores.data);
      expectSame(files.noiseCeilings?.data, memory.noiseCeilings?.data);
      expectSame(files.sem, memory.sem);
      expect([files.kind, files.nItems, files.dof]).toEqual([memory.kind, nItems, memory.dof]);
      expect(files.notes).toEqual(memory.notes);
    }
  });

  test("without ceilings, a constant RDM, one RDM alone", async () => {
    const constant = [...subjects, new Float64Array(nPairs).fill(2)];
    for (const [data, options] of [
      [subjects, { noiseCeiling: false }],
      [subjects, { noiseCeiling: false, resample: "rdms" }],
      [constant, {}],
      [constant, { method: "cosine" }],
      [subjects.slice(0, 1), {}],
      [subjects.slice(0, 1), { noiseCeiling: false }],
    ] as const) {
      const [files, memory] = await both(data, { samples: 5, ...options, ...quiet });
      expectSame(files.scores.data, memory.scores.data);
      expectSame(files.noiseCeilings?.data, memory.noiseCeilings?.data);
      expect(files.noiseCeiling === undefined).toBe(memory.noiseCeiling === undefined);
      expect(files.notes).toEqual(memory.notes);
    }
  });

  test("on any number of threads, to the bit", async () => {
    const run = async (jobs: number): Promise<EvalResult> =>
      evalBootstrapFiles(await opened(models), await opened(subjects), {
        samples: 4,
        jobs,
        ...quiet,
      });
    const [one, three] = [await run(1), await run(3)];
    expect(three.scores.data).toEqual(one.scores.data);
    expect(three.noiseCeilings?.data).toEqual(one.noiseCeilings?.data);
  });
});

describe("memory", () => {
  test.each([
    ["spearman", 1],
    ["spearman", 2],
    ["corr", 1],
  ] as const)("%s with %i threads takes no more than was said", async (method, jobs) => {
    const allocated = vi.spyOn(Workspace.prototype, "allocate");
    const n = 300;
    const values = (): Float64Array =>
      Float64Array.from({ length: (n * (n - 1)) / 2 }, () => lot.next());
    const data = await opened([values(), values(), values()]);
    const model = await opened([values()]);
    const found = await evalBootstrapFiles(model, data, { method, samples: 2, jobs, ...quiet });
    const ends = allocated.mock.results.map(
      ({ value }, call) => Number(value) + allocated.mock.calls[call][0],
    );
    const most = Math.max(...ends);
    const drawn = (found.draws ?? []).map(({ items }) => new Set(Array.from(items ?? [])).size);
    const scale = method === "corr" ? "centred" : "ranks";
    const sizes = { scale, nVectors: 4, nItems: n, mostDrawn: Math.max(...drawn), jobs } as const;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(sampleBytes(sizes));
  });

  test("too little is refused, and what is said to be enough is enough", async () => {
    const [model, data] = [await opened(models), await opened(subjects)];
    const run = (maxBytes: number): Promise<EvalResult> =>
      evalBootstrapFiles(model, data, { samples: 3, maxBytes, ...quiet });
    const refused = await run(1e5).catch((error: unknown) => error as Error);
    expect(refused).toMatchObject({ code: "INVALID_ARGUMENT" });
    const said = /take (\d+) MiB/.exec((refused as Error).message)?.[1];
    await expect(run(Number(said) * 2 ** 20)).resolves.toMatchObject({ nItems });
    await expect(run(Number(said) * 2 ** 20 - 2 ** 20)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });
});

test("what does not fit together is refused", async () => {
  const [model, data] = [await opened(models), await opened(subjects)];
  const [gap] = await opened([vector((): number => NaN)]);
  const [small] = await opened([Float64Array.of(1, 2, 3)]);
  const twice = await Promise.all(
    models.map((values) => openRdmFile(npyBytes(values), { name: "m" })),
  );
  const run = (m: RdmFile[], d: RdmFile[], more: object = {}): Promise<EvalResult> =>
    evalBootstrapFiles(m, d, { samples: 3, ...quiet, ...more });
  await expect(run(model, [gap, ...data])).rejects.toThrow(/NaN/);
  await expect(run([small], data)).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  await expect(run([], data)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(run(model, [])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(run(twice, data)).rejects.toThrow(/two called m/);
  await expect(run(model, data.slice(0, 1), { resample: "rdms" })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  await expect(run(model, data, { method: "kendall" })).rejects.toThrow(/spearman/);
});

test("a signal ends it", async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(
    evalBootstrapFiles(await opened(models), await opened(subjects), {
      signal: stop.signal,
      ...quiet,
    }),
  ).rejects.toMatchObject({ code: "CANCELLED" });
});
