import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { jupyterSave } from "../../src/core/keep.ts";
import { hdf5Bytes } from "../../src/io/index.ts";
import { Rdm } from "../../src/rdm/index.ts";
import {
  EvalResult,
  evalBootstrap,
  evalBootstrapCrossval,
  evalCrossval,
  evalFixed,
  evalOutOfBag,
  hdf5ResultsBytes,
  readHdf5Results,
  weightedModel,
  writeHdf5Results,
} from "../../src/rsa/index.ts";
import type { EvalResultParts } from "../../src/rsa/eval/eval-parts.ts";
import { readReference } from "../reference/read-reference.ts";
import { pythonWith } from "../support/python.ts";

interface Expected {
  readonly means: number[];
  readonly sem: number[] | null;
  readonly diff: number[] | null;
  readonly ceil: number[] | null;
  readonly dof: number;
  readonly nc: number[];
}
const expected = readReference<Record<string, Expected>>(
  "../fixtures/toolbox-results/expected.json",
);
const path = (name: string): string =>
  join(import.meta.dirname, `../fixtures/toolbox-results/${name}.h5`);
const quiet = { onProgress: false } as const;
const partsOf = (result: EvalResult): EvalResultParts => result[jupyterSave]().data as never;

const kinds: Readonly<Record<string, readonly [string, string | undefined]>> = {
  fixed: ["fixed", undefined],
  one: ["fixed", undefined],
  pattern: ["bootstrap", "items"],
  rdm: ["bootstrap", "rdms"],
  dual: ["dual bootstrap", "both"],
  crossval: ["cross-validation", undefined],
  bootcv: ["bootstrapped cross-validation", "both"],
};

describe("readHdf5Results", () => {
  test("there are files", () =>
    expect(Object.keys(expected).sort()).toEqual(Object.keys(kinds).sort()));

  test.each(Object.entries(expected))(
    "%s: what rsatoolbox says of its result",
    async (name, of) => {
      const { result, models } = await readHdf5Results(path(name));
      expect([result.kind, result.resampled]).toEqual(kinds[name]);
      const close = (found: ArrayLike<number> | undefined, wanted: number[] | null): void => {
        expect(found?.length).toBe(wanted?.length);
        wanted?.forEach((value, k) => expect(found?.[k]).toBeCloseTo(value, 10));
      };
      close(result.means, of.means);
      close(result.sem, of.sem);
      expect(result.dof).toBe(of.sem === null ? 0 : of.dof);
      const { variances, samples } = partsOf(result);
      if (of.diff !== null && of.diff.length > 0)
        expect(variances?.differences[1]).toBeCloseTo(of.diff[0], 10);
      close(variances?.ceiling, of.ceil);
      expect(samples.ceiling?.lower).toBeCloseTo(of.nc[0], 10);
      expect(samples.ceiling?.upper).toBeCloseTo(of.nc[1], 10);
      expect(models.map((model) => model?.name)).toEqual(result.models);
      expect(models[0]?.rdms[0].items?.[0]).toBe("i0");
      expect(models.at(-1)?.kind).toBe(/crossval|bootcv/.test(name) ? "weighted" : "fixed");
      expect(result.nItems).toBe(8);
      expect(result.nRdms).toBe(name === "crossval" ? NaN : 5);
      expect(result.summary()).toContain("rsatoolbox's layout");
      if (name === "crossval") expect(result.summary()).toContain("an unknown number of data RDMs");
    },
  );

  test("repeats of a split stand before its folds, as in ours; three values are those of a dual bootstrap", async () => {
    const evaluations = { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [1, 1, 2, 3] };
    const of = async (cvMethod: string) => {
      const file = await hdf5Bytes({
        ...{ method: "corr", cv_method: cvMethod, evaluations, noise_ceiling: [0.1, 0.2] },
        ...{ dof: 1, n_rdm: 3, n_pattern: 4 },
        models: { model_0: { name: "a", type: "Model", rdm: {} } },
      });
      return [...(await readHdf5Results(file)).result.scores.data];
    };
    expect(await of("bootstrap_crossval")).toEqual([1, 4, 2, 5, 3, 6]);
    expect(await of("dual_bootstrap")).toEqual([2.5, 3.5, 4.5]);
  });

  test("variances of nobody knows how many are no errors, and that is said", async () => {
    const evaluations = { data: Float64Array.of(0.1, 0.2, 0.4), shape: [3, 1] };
    const read = async (cvMethod: string, counts: Record<string, number>, variances = [0.5]) => {
      const square = variances.length === 3 ? [3, 1, 1] : [1, 1];
      const file = await hdf5Bytes({
        ...{ method: "corr", cv_method: cvMethod, evaluations, noise_ceiling: [0.1, 0.2], dof: 1 },
        variances: { data: Float64Array.from(variances), shape: square },
        models: { model_0: { name: "a", type: "Model", rdm: {} } },
        ...counts,
      });
      const { result } = await readHdf5Results(file);
      const { result: again } = await readHdf5Results(await hdf5ResultsBytes(result));
      expect(again.sem?.[0]).toBe(result.sem?.[0]);
      return [result.sem?.[0], result.notes.join().includes("n_rdm and n_pattern")];
    };
    expect(await read("bootstrap_rdm", { n_pattern: 6 })).toEqual([undefined, true]);
    expect(await read("bootstrap_rdm", { n_rdm: 1 })).toEqual([undefined, true]);
    expect(await read("bootstrap_pattern", { n_rdm: 6 })).toEqual([undefined, true]);
    expect(await read("bootstrap", { n_rdm: 6 })).toEqual([undefined, true]);
    expect(await read("dual_bootstrap", { n_rdm: 6 }, [1, 1, 1])).toEqual([undefined, true]);
    const [error, isSaid] = await read("bootstrap_rdm", { n_rdm: 2 });
    expect([error, isSaid]).toEqual([1, false]);
  });

  test("another file is refused by what it lacks", async () => {
    const evaluations = { data: Float64Array.of(1, 2), shape: [1, 1, 2] };
    const whole = {
      ...{ method: "corr", cv_method: "fixed", evaluations, noise_ceiling: [0.1, 0.2] },
      ...{ dof: 1, n_rdm: 2, n_pattern: 3, variances: 0.5 },
      models: { model_0: { name: "a", type: "Model", rdm: {} } },
    };
    const read = async (change: object) =>
      readHdf5Results(await hdf5Bytes({ ...whole, ...change }));
    expect((await read({})).models).toEqual([undefined]);
    expect((await read({})).result.sem?.[0]).toBeCloseTo(1, 12);
    await expect(readHdf5Results(await hdf5Bytes({ k: [1] }))).rejects.toThrow("Result.save");
    await expect(read({ cv_method: "own" })).rejects.toThrow("bootstrap_pattern");
    await expect(read({ method: "own" })).rejects.toThrow("spearman");
    await expect(read({ evaluations: [1, 2] })).rejects.toThrow("samples × models");
    await expect(read({ variances: [1, 2, 3] })).rejects.toThrow("variances");
    const deep = { data: Float64Array.of(0.5), shape: [1, 1, 1, 1] };
    await expect(read({ variances: deep })).rejects.toThrow("variances");
    await expect(read({ variances: { data: new Float64Array(8), shape: [2, 4] } })).rejects.toThrow(
      "variances",
    );
    await expect(read({ noise_ceiling: [1, 2, 3] })).rejects.toThrow("lower and upper");
    await expect(read({ models: {} })).rejects.toThrow("model_0");
    await expect(read({ cv_method: "bootstrap", noise_ceiling: evaluations })).rejects.toThrow(
      "noise_ceiling",
    );
  });
});

const base = [1, 2].map(
  (k) =>
    new Rdm(
      Float64Array.from({ length: 28 }, (_, at) => 1 + ((at * (3 + 2 * k)) % 11) / 7),
      { items: Array.from({ length: 8 }, (_, i) => `i${i}`), name: `m${k}` },
    ),
);
const data = [0, 1, 2, 3].map(
  (s) =>
    new Rdm(
      base[0].condensed.map((d, at) => d + ((at * (s + 5)) % 9) / 8),
      { items: base[0].items },
    ),
);
const both = weightedModel(base, { name: "both" });

describe("writeHdf5Results", () => {
  const evaluations: Readonly<Record<string, () => Promise<EvalResult>>> = {
    fixed: () => evalFixed(base, data, { method: "tau-b", ...quiet }),
    "a distance": () => evalFixed(base, data, { method: "bures_metric", ...quiet }),
    items: () => evalBootstrap(base, data, { resample: "items", samples: 9, ...quiet }),
    rdms: () => evalBootstrap(base, data, { resample: "rdms", samples: 9, ...quiet }),
    both: () => evalBootstrap(base, data, { resample: "both", samples: 9, ...quiet }),
    dual: () => evalBootstrap(base, data, { samples: 9, ...quiet }),
    "cross-validation": () => evalCrossval([base[0], both], data, { method: "corr", ...quiet }),
    "bootstrapped cross-validation": () =>
      evalBootstrapCrossval([base[0], both], data, {
        ...{ method: "corr", by: "regress", samples: 6, kItems: 1, kRdms: 2, ...quiet },
      }),
  };

  test.each(Object.entries(evaluations))("%s comes back the same", async (name, evaluate) => {
    const result = await evaluate();
    const given = /valid/.test(name) ? [base[0], both] : base;
    const found = await readHdf5Results(await hdf5ResultsBytes(result, { models: given }));
    const again = found.result;
    expect([again.kind, again.resampled, again.method, again.dof, again.direction]).toEqual([
      ...[result.kind, result.resampled, result.method, result.dof, result.direction],
    ]);
    expect(again.scores).toEqual(result.scores);
    expect(again.noiseCeilings).toEqual(result.noiseCeilings);
    expect([again.nItems, again.nRdms]).toEqual([8, 4]);
    const close = (a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): void => {
      expect(a?.length).toBe(b?.length);
      Array.from(b ?? []).forEach((value, k) =>
        Number.isNaN(value) ? expect(a?.[k]).toBeNaN() : expect(a?.[k]).toBeCloseTo(value, 11),
      );
    };
    close(again.means, result.means);
    close(again.sem, result.sem);
    close(again.tests?.zero.p, result.tests?.zero.p);
    close(again.tests?.ceiling?.p, result.tests?.ceiling?.p);
    close(again.tests?.pairwise.p, result.tests?.pairwise.p);
    close(again.ci?.lower, result.ci?.lower);
    expect(again.noiseCeiling?.lower).toBeCloseTo(result.noiseCeiling?.lower ?? NaN, 11);
    expect(found.models[0]?.predict().condensed).toEqual(base[0].condensed);
  });

  test("of one data RDM the errors of items come back too", async () => {
    const options = { resample: "items", samples: 9, ...quiet } as const;
    const ofOne = { kItems: 2, kRdms: 1, by: "regress", method: "corr" } as const;
    for (const result of [
      await evalBootstrap(base, [data[0]], options),
      await evalBootstrapCrossval([base[0], both], [data[0]], { ...options, ...ofOne }),
    ]) {
      const { result: again } = await readHdf5Results(await hdf5ResultsBytes(result));
      expect(again.nRdms).toBe(1);
      expect(again.sem?.every((error) => error > 0)).toBe(true);
      again.sem?.forEach((error, m) => expect(error).toBeCloseTo(result.sem?.[m] ?? NaN, 11));
      expect(again.dof).toBe(result.dof);
    }
  });

  test("without models it has their names; what rsatoolbox has no name for is refused", async () => {
    const result = await evalFixed(base, data, quiet);
    const { models, result: again } = await readHdf5Results(await hdf5ResultsBytes(result));
    expect([models, again.models]).toEqual([
      [undefined, undefined],
      ["m1", "m2"],
    ]);
    await expect(hdf5ResultsBytes(result, { models: [base[0]] })).rejects.toThrow("2 models");
    await expect(hdf5ResultsBytes({} as never)).rejects.toThrow("evalFixed");
    const left = await evalOutOfBag(both, data, { method: "corr", samples: 2, ...quiet });
    await expect(hdf5ResultsBytes(left)).rejects.toThrow("saveResult");
    const own = new EvalResult({ ...partsOf(result), method: "mine" });
    await expect(hdf5ResultsBytes(own)).rejects.toThrow("no such comparison");
  });
});

const python = pythonWith("rsatoolbox", "h5py");
const folder = mkdtempSync(join(tmpdir(), "tsrsa-results-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(python === undefined)(
  "rsatoolbox loads our results: the same means, errors and tests; and we load its copy",
  async () => {
    const script = join(import.meta.dirname, "../python/rsatoolbox_results.py");
    const [ours, theirs] = [join(folder, "ours.h5"), join(folder, "theirs.h5")];
    const close = (a: ArrayLike<number> | undefined, b: ArrayLike<number>): void =>
      Array.from(b).forEach((value, k) => expect(a?.[k]).toBeCloseTo(value, 11));
    for (const resample of [undefined, "items", "rdms", "dual"] as const) {
      const result =
        resample === undefined
          ? await evalFixed(base, data, quiet)
          : await evalBootstrap(base, data, { resample, samples: 9, ...quiet });
      await writeHdf5Results(ours, result, { models: base });
      const said = JSON.parse(
        execFileSync(python ?? "", [script, ours, theirs], { encoding: "utf8" }),
      ) as { means: number[]; sem: number[]; zero: number[]; pair: number; dof: number };
      expect(said).toMatchObject({
        ...{ method: "spearman", dof: result.dof },
        models: [
          ["ModelFixed", "m1"],
          ["ModelFixed", "m2"],
        ],
      });
      const tests = result.test({ correction: "none" });
      close(said.means, result.means);
      close(said.sem, result.sem ?? []);
      close(said.zero, tests.zero.p);
      expect(said.pair).toBeCloseTo(tests.pairwise.p[1], 11);
      close((await readHdf5Results(theirs)).result.means, result.means);
    }
  },
  300_000,
);
