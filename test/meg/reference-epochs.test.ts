import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  epochsFromArray,
  rdmEpochs,
  readEpochs,
  Rdm,
  rsaEpochs,
  rsaEvokeds,
  Evoked,
  Table,
} from "../../src/index.ts";
import type { Epochs, RdmEpochsOptions, RsaEpochsOptions } from "../../src/index.ts";
import { isTsrsaError } from "../../src/core/errors.ts";
import {
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../reference/read-reference.ts";

/** mne_rsa's parameters, as the reference file has them. */
interface Params {
  readonly labels?: string[];
  readonly labels_epochs?: string[];
  readonly labels_rdm_model?: string[];
  readonly y?: ReferenceArray;
  readonly tmin?: number;
  readonly tmax?: number;
  readonly temporal_radius?: number;
  readonly spatial_radius?: number;
  readonly dist_metric?: "sqeuclidean";
  readonly rsa_metric?: RsaEpochsOptions["rsaMetric"];
  readonly picks?: string | string[] | number[];
  readonly n_folds?: number;
  readonly noise_cov?: "cov";
}

interface Failure {
  readonly error: { readonly type: string; readonly message: string };
}

interface Scores {
  readonly data: ReferenceArray;
  readonly times: ReferenceArray;
  readonly ch_names: string[];
}

interface Case {
  readonly func: "rdm_epochs" | "rsa_epochs";
  readonly name: string;
  readonly models?: "list" | "single";
  readonly params: Params;
  readonly output: ReferenceArray | Failure | Scores | Scores[];
}

interface Meta {
  readonly X: ReferenceArray;
  readonly ch_names: string[];
  readonly ch_types: string[];
  readonly bads: string[];
  readonly locs: ReferenceArray;
  readonly events: ReferenceArray;
  readonly files: string[];
  readonly unique_sorted: string[];
  readonly model_labels: string[];
  readonly models: ReferenceArray[];
  readonly cov: ReferenceArray;
  readonly cov_names: string[];
  readonly dropped: {
    readonly dropped: number[];
    readonly labels_all: string[];
    readonly rdm: ReferenceArray;
  }[];
  readonly evokeds: { readonly name: string; readonly params: Params; readonly output: Scores[] }[];
}

const { meta, cases } = readReference<{ meta: Meta; cases: Case[] }>("rsa/epochs.json");
const epochs = referenceEpochs();
const models = meta.models.map(({ data }, at) => new Rdm(data.map(Number), { name: `m${at + 1}` }));

function referenceEpochs(): Epochs {
  const channels = meta.ch_names.map((name, at) => {
    const [x, y, z] = meta.locs.data.slice(3 * at, 3 * at + 3).map(Number);
    return { name, type: meta.ch_types[at], position: [x, y, z] as const };
  });
  return epochsFromArray(
    { data: Float64Array.from(meta.X.data, Number), shape: meta.X.shape },
    {
      sfreqHz: 50,
      tminS: -0.1,
      channels,
      bads: meta.bads,
      eventCodes: meta.events.data.filter((_, at) => at % 3 === 2).map(Number),
      metadata: new Table({ file: meta.files }),
    },
  );
}

/**
 * The covariance of the reference: MNE's empirical one of the samples up to time 0 (the file keeps its diagonal only).
 * The reference is whitened twice (W·W·X), which is once with the square of the covariance: (C²)^(−1/2) = W·W.
 */
function squaredCovariance(diagonal: boolean) {
  const at = meta.cov_names.map((name) => meta.ch_names.indexOf(name));
  const matrix = at.map((i) => at.map((j) => (diagonal && i !== j ? 0 : productBefore(i, j))));
  const squared = matrix.map((row) =>
    row.map((_, j) => row.reduce((sum, value, k) => sum + value * matrix[k][j], 0)),
  );
  return { channels: meta.cov_names, matrix: Float64Array.from(squared.flat()) };
}

function productBefore(i: number, j: number): number {
  const [nEpochs, nChannels, nSamples] = meta.X.shape;
  const value = (e: number, c: number, t: number) =>
    Number(meta.X.data[(e * nChannels + c) * nSamples + t]);
  let sum = 0;
  for (let e = 0; e < nEpochs; e++)
    for (let t = 0; t < 6; t++) sum += value(e, i, t) * value(e, j, t);
  return sum / (nEpochs * 6 - 1);
}

test("the covariance used here has the diagonal that the reference states", () => {
  const variances = meta.cov_names.map((name) =>
    productBefore(meta.ch_names.indexOf(name), meta.ch_names.indexOf(name)),
  );
  agree(variances, numbersOf(meta.cov), 1e-12);
});

function optionsOf(params: Params): RdmEpochsOptions & RsaEpochsOptions {
  return {
    labels: params.labels ?? params.labels_epochs,
    y: params.y?.data.map(Number),
    tminS: params.tmin,
    tmaxS: params.tmax,
    temporalRadiusS: params.temporal_radius,
    spatialRadiusM: params.spatial_radius,
    neighbours: "all",
    metric: params.dist_metric,
    rsaMetric: params.rsa_metric,
    picks: params.picks,
    nFolds: params.n_folds,
    noiseCovariance:
      params.noise_cov === undefined
        ? undefined
        : squaredCovariance(params.spatial_radius !== undefined),
    onProgress: false,
  };
}

/** Numbers agree, NaN with NaN. */
function agree(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void {
  expect(largestDifference(found, expected)).toBeLessThanOrEqual(tolerance);
}

function fails(output: Case["output"]): output is Failure {
  return "error" in output;
}

async function refused(work: () => Promise<unknown>): Promise<void> {
  const error: unknown = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(isTsrsaError(error), String(error)).toBe(true);
}

describe("rdmEpochs agrees with mne_rsa.rdm_epochs", () => {
  const rdmCases = cases.filter(({ func }) => func === "rdm_epochs");

  test("there are cases", () => expect(rdmCases.length).toBe(22));

  test.each(rdmCases.map((entry) => [entry.name, entry] as const))(
    "%s",
    async (_, { params, output }) => {
      const compute = async () =>
        rdmEpochs(epochs, optionsOf(params)).toArray({ onProgress: false });
      if (fails(output)) return refused(compute);
      const rdms = await compute();
      agree(
        rdms.flatMap((rdm) => Array.from(rdm.condensed)),
        numbersOf(output as ReferenceArray),
        1e-12,
      );
      expect([rdms.length, rdms[0].condensed.length]).toEqual((output as ReferenceArray).shape);
    },
  );
});

describe("rsaEpochs agrees with mne_rsa.rsa_epochs", () => {
  const rsaCases = cases.filter(({ func }) => func === "rsa_epochs");

  test("there are cases", () => expect(rsaCases.length).toBe(15));

  test.each(rsaCases.map((entry) => [entry.name, entry] as const))(
    "%s",
    async (name, { params, output, models: kind }) => {
      const modelItems =
        params.labels_rdm_model ?? (name === "sorted_default" ? meta.unique_sorted : undefined);
      const given = fails(output) ? [new Rdm([1, 2, 3])] : kind === "single" ? models[0] : models;
      const compute = async () => rsaEpochs(epochs, given, { ...optionsOf(params), modelItems });
      if (fails(output)) return refused(compute);
      const scores = await compute();
      if ("shape" in output) return agree(scores.scores, numbersOf(output));
      const expected = "data" in output ? [output] : output;
      agree(
        scores.scores,
        expected.flatMap(({ data }) => Array.from(numbersOf(data))),
        1e-12,
      );
      expect(Array.from(scores.times)).toEqual(expected[0].times.data);
      expect(scores.channels).toEqual(expected[0].ch_names);
    },
  );
});

test("a FIF file of the same epochs gives the same RDMs, to the precision of float32", async () => {
  const file = await readEpochs(join(import.meta.dirname, "../fixtures/fif/small-epo.fif"));
  expect(file.column("file")).toEqual(meta.files);
  const options = { labels: "file", tminS: -0.02, tmaxS: 0.08 };
  const [ours, exact] = [
    await rdmEpochs(file, options).first(),
    await rdmEpochs(epochs, options).first(),
  ];
  expect(ours.items).toEqual(meta.unique_sorted);
  agree(ours.condensed, Array.from(exact.condensed), 1e-6);
});

describe("items whose epochs were all dropped", () => {
  test.each(meta.dropped.map((entry) => [entry.dropped.join(" and "), entry] as const))(
    "epochs %s",
    async (_, { dropped, labels_all, rdm }) => {
      const kept = Array.from({ length: epochs.length }, (_, at) => at).filter(
        (at) => !dropped.includes(at),
      );
      const all = await epochs.take(kept).read();
      const dropLog = labels_all.map((_, at) => (dropped.includes(at) ? ["bad"] : []));
      const some = epochsFromArray(all, {
        sfreqHz: 50,
        tminS: -0.1,
        channels: epochs.info.channels,
        bads: meta.bads,
        dropLog,
      });
      const ours = await rdmEpochs(some, {
        labels: labels_all,
        droppedAsNan: true,
        tminS: -0.02,
        tmaxS: 0.08,
      }).first();
      agree(ours.condensed, numbersOf(rdm));
    },
  );

  test("two of them become NaN at their own places, where MNE-RSA misplaces them", async () => {
    const labels = meta.files;
    const gone = ["f050.bmp", "s038.bmp"];
    const kept = labels.flatMap((label, at) => (gone.includes(label) ? [] : [at]));
    const dropLog = labels.map((label) => (gone.includes(label) ? ["bad"] : []));
    const some = epochsFromArray(await epochs.take(kept).read(), {
      sfreqHz: 50,
      tminS: -0.1,
      channels: epochs.info.channels,
      bads: meta.bads,
      dropLog,
    });
    const full = await rdmEpochs(epochs, { labels }).first();
    const rdm = await rdmEpochs(some, { labels, droppedAsNan: true }).first();
    expect(rdm.items).toEqual(full.items);
    for (const a of meta.unique_sorted) {
      for (const b of meta.unique_sorted.filter((other) => other > a)) {
        if (gone.includes(a) || gone.includes(b)) expect(rdm.between(a, b)).toBeNaN();
        else expect(rdm.between(a, b)).toBeCloseTo(full.between(a, b), 12);
      }
    }
  });
});

describe("rsaEvokeds agrees with mne_rsa.rsa_evokeds", () => {
  test.each(meta.evokeds.map((entry) => [entry.name, entry] as const))(
    "%s",
    async (_, { params, output }) => {
      const averages = await Promise.all(
        meta.unique_sorted.map(async (file) => {
          const own = epochs.where((row) => row.file === file);
          const { data, shape } = await own.read();
          const mean = new Float64Array(shape[1] * shape[2]);
          data.forEach((value, at) => (mean[at % mean.length] += value / shape[0]));
          return new Evoked({
            info: epochs.info,
            times: epochs.times,
            data: { data: mean, shape: shape.slice(1) },
            comment: file,
            nAverages: shape[0],
          });
        }),
      );
      const scores = await rsaEvokeds(averages, models, {
        temporalRadiusS: params.temporal_radius,
        spatialRadiusM: params.spatial_radius,
        neighbours: "all",
        onProgress: false,
      });
      agree(
        scores.scores,
        output.flatMap(({ data }) => Array.from(numbersOf(data))),
        1e-12,
      );
      expect(Array.from(scores.times)).toEqual(output[0].times.data);
    },
  );
});
