import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  Rdm,
  rdmStcs,
  readSourceSpaces,
  rsaStcs,
  rsaStcsRois,
  scoreSearchlight,
  searchlightPatches,
  SourceEstimates,
} from "../../src/index.ts";
import type { RsaStcsOptions, SourceChoice, SourceScores } from "../../src/index.ts";
import {
  isReferenceError,
  largestDifference,
  numbersOf,
  readReference,
} from "../reference/read-reference.ts";
import type { ReferenceArray, ReferenceError } from "../reference/read-reference.ts";

interface LabelCase {
  readonly hemi: "lh" | "rh";
  readonly vertices: ReferenceArray;
}
interface Stc {
  readonly vertices: readonly ReferenceArray[];
  readonly tmin: number;
  readonly tstep: number;
  readonly data: ReferenceArray;
}
interface CaseOptions {
  readonly spatial_radius?: number;
  readonly temporal_radius?: number;
  readonly tmin?: number;
  readonly tmax?: number;
  readonly rsa_metric?: string;
  readonly stc_rdm_metric?: string;
  readonly dist_metric?: string;
  readonly labels_stcs?: readonly string[];
  readonly labels?: readonly string[];
  readonly labels_rdm_model?: readonly string[];
  readonly n_folds?: number | null;
  readonly ignore_nan?: boolean;
  readonly sel_vertices?: LabelCase | readonly (LabelCase | ReferenceArray | readonly number[])[];
  readonly sel_vertices_by_index?: ReferenceArray;
  readonly rois?: readonly LabelCase[];
}
interface Case {
  readonly name: string;
  readonly function: "rsa_stcs" | "rdm_stcs" | "rsa_stcs_rois";
  readonly data: "items" | "trials" | "vector" | "volume" | "nan";
  readonly source_space: string | null;
  readonly n_models: number;
  readonly options: CaseOptions;
  readonly result:
    | Stc
    | readonly Stc[]
    | ReferenceArray
    | { readonly data: ReferenceArray; readonly stc: Stc | readonly Stc[] }
    | ReferenceError;
  readonly peer_is_wrong?: string;
}
interface Reference {
  readonly tmin: number;
  readonly sfreq: number;
  readonly models: readonly ReferenceArray[];
  readonly model_labels: readonly string[];
  readonly patches: Readonly<
    Record<string, { readonly straight_line?: readonly (readonly number[])[] }>
  >;
  readonly cases: readonly Case[];
}

const reference = readReference<Reference>("surface/stcs.json");
const pathOf = (name: string) =>
  fileURLToPath(new URL(`../fixtures/surface/sources/${name}`, import.meta.url));
const floats = (name: string) =>
  new Float64Array(Uint8Array.from(readFileSync(pathOf(name))).buffer);
const spacesOf = (name: string) =>
  readSourceSpaces(pathOf(name === "limited" ? "limited-src.fif.gz" : `${name}-src.fif`));

async function estimatesOf({ data: name, name: called }: Case): Promise<SourceEstimates> {
  const spaces = await spacesOf(name === "volume" ? "volume" : "dist");
  const all = spaces.map(({ vertices }) => vertices);
  const nSources = all.reduce((sum, list) => sum + list.length, 0);
  const nItems = name === "trials" ? 24 : 8;
  const values = floats(`stcs-${name === "nan" ? "items" : name}.f64`);
  if (name === "nan") values.fill(NaN, 2 * nSources * 9, 3 * nSources * 9);
  const middle = name === "vector" ? [3] : [];
  const kept =
    called.includes("fewer vertices") || called.includes("more vertices") ? [2, 3] : [1, 1];
  const vertices = all.map((list, side) => list.filter((_, at) => at % kept[side] === 0));
  const rows = all.flatMap((list, side) => Array.from(list, (_, at) => at % kept[side] === 0));
  const width = values.length / nItems / nSources;
  const data = Float64Array.from(
    Array.from({ length: nItems }).flatMap((_, item) =>
      rows.flatMap((taken, row) =>
        taken
          ? [
              ...values.subarray(
                (item * nSources + row) * width,
                (item * nSources + row + 1) * width,
              ),
            ]
          : [],
      ),
    ),
  );
  return new SourceEstimates({
    data: { data, shape: [nItems, rows.filter(Boolean).length, ...middle, 9] },
    vertices,
    kind: name === "volume" ? "volume" : "surface",
    tminS: reference.tmin,
    tstepS: 1 / reference.sfreq,
  });
}

const isLabel = (value: object): value is LabelCase => "hemi" in value;
const label = ({ hemi, vertices }: LabelCase, volume = false) => ({
  hemisphere: volume ? undefined : hemi === "lh" ? ("left" as const) : ("right" as const),
  vertices: numbersOf(vertices),
});
const list = (value: ReferenceArray | readonly number[]) =>
  "shape" in value ? Array.from(numbersOf(value)) : [...value];

function choiceOf(estimates: SourceEstimates, options: CaseOptions): SourceChoice | undefined {
  const { sel_vertices: chosen, sel_vertices_by_index: index } = options;
  if (index !== undefined) return byIndex(estimates, list(index));
  if (chosen === undefined) return undefined;
  if (!Array.isArray(chosen)) return label(chosen as LabelCase);
  const entries = chosen as readonly (LabelCase | ReferenceArray | readonly number[])[];
  if (entries.some(isLabel)) return entries.filter(isLabel).map((one) => label(one));
  const [left, right] = entries as readonly (ReferenceArray | readonly number[])[];
  return estimates.kind === "volume"
    ? { volume: list(left) }
    : { left: list(left), right: list(right) };
}

function byIndex({ vertices }: SourceEstimates, index: readonly number[]): SourceChoice {
  const [left, right] = vertices;
  return {
    left: index.filter((at) => at < left.length).map((at) => left[at]),
    right: index.filter((at) => at >= left.length).map((at) => right[at - left.length]),
  };
}

async function optionsOf(estimates: SourceEstimates, one: Case): Promise<RsaStcsOptions> {
  const { options } = one;
  const metric =
    options.stc_rdm_metric ??
    options.dist_metric ??
    (one.function === "rdm_stcs" ? "sqeuclidean" : undefined);
  return {
    onProgress: false,
    ...(one.source_space !== null &&
      options.spatial_radius !== undefined && { sourceSpaces: await spacesOf(one.source_space) }),
    ...(options.spatial_radius !== undefined && { spatialRadiusM: options.spatial_radius }),
    ...(options.temporal_radius !== undefined && { temporalRadiusS: options.temporal_radius }),
    ...(options.tmin !== undefined && { tminS: options.tmin }),
    ...(options.tmax !== undefined && { tmaxS: options.tmax }),
    ...(options.rsa_metric !== undefined && { rsaMetric: options.rsa_metric as "spearman" }),
    ...(metric !== undefined && { metric: metric as "euclidean" }),
    ...(options.ignore_nan !== undefined && { ignoreNan: options.ignore_nan }),
    ...(options.n_folds !== undefined && { nFolds: options.n_folds ?? "max" }),
    ...((options.labels_stcs ?? options.labels) !== undefined && {
      labels: options.labels_stcs ?? options.labels,
    }),
    sources: choiceOf(estimates, options),
  };
}

function modelsOf({ n_models: count, options }: Case): Rdm[] {
  // Without labels of the models mne-rsa takes the sorted labels of the data; ours asks for them.
  const sorted =
    options.labels_stcs && [...new Set(Array.from(options.labels_stcs, String))].sort();
  const items = options.labels_rdm_model ?? sorted;
  return reference.models
    .slice(0, count)
    .map((model, at) => new Rdm(numbersOf(model), { items: items && [...items], name: `m${at}` }));
}

async function run(one: Case): Promise<SourceScores> {
  const estimates = await estimatesOf(one);
  const options = await optionsOf(estimates, one);
  if (one.function === "rsa_stcs") return rsaStcs(estimates, modelsOf(one), options);
  const rois = (one.options.rois ?? []).map((roi) => label(roi, one.data === "volume"));
  const rest = { ...options, sources: undefined };
  return rsaStcsRois(estimates, modelsOf(one), rois, rest);
}

const named = (name: string) => {
  const found = reference.cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const wrong = (one: Case) =>
  one.peer_is_wrong !== undefined || one.name.startsWith("volume, wider");
const refused = (one: Case) =>
  isReferenceError(one.result) &&
  !wrong(one) &&
  !["times differ", "rois, volume"].includes(one.name);
const scored = reference.cases.filter(
  (one) => !wrong(one) && !isReferenceError(one.result) && one.function !== "rdm_stcs",
);

function expectedScores({ result }: Case): Float64Array {
  if ("shape" in result) return numbersOf(result);
  const stcs = (Array.isArray(result) ? result : "stc" in result ? [] : [result]) as readonly Stc[];
  if ("stc" in result) return numbersOf(result.data);
  return Float64Array.from(stcs.flatMap(({ data }) => [...numbersOf(data)]));
}

describe("scores of mne-rsa", () => {
  test.each(scored)("$function: $name", async (one) => {
    const found = await run(one);
    expect(largestDifference(found.scores, expectedScores(one))).toBeLessThan(1e-10);
    const { result } = one;
    const first = (
      Array.isArray(result)
        ? result[0]
        : "stc" in result
          ? Array.isArray(result.stc)
            ? result.stc[0]
            : result.stc
          : result
    ) as Stc;
    if (!("vertices" in first) || one.options.spatial_radius === undefined) return;
    const map = found.toEstimates("m0");
    expect(map.vertices.map((vertices) => Array.from(vertices))).toEqual(
      first.vertices.map((vertices) => list(vertices)),
    );
    expect(map.tminS).toBeCloseTo(first.tmin, 9);
  });
  test("a map of regions is NaN outside", async () => {
    const one = named("rois, time");
    const estimates = await estimatesOf(one);
    const [a, b] = (one.options.rois ?? []).map((roi) => label(roi));
    const found = await rsaStcsRois(estimates, modelsOf(one), [a, b], { temporalRadiusS: 0.02 });
    const { data } = found.toEstimates("m0").data;
    const right = expectedScores(one);
    estimates.sourceNames.forEach((name, row) => {
      const [side, vertex] = name.split(" ");
      const region = [a, b].findIndex(
        (roi) => roi.hemisphere === side && Array.from(roi.vertices).includes(Number(vertex)),
      );
      const expected =
        region < 0 ? new Float64Array(5).fill(NaN) : right.subarray(5 * region, 5 * region + 5);
      expect(largestDifference(data.slice(5 * row, 5 * row + 5), expected)).toBeLessThan(1e-10);
    });
  });
});

describe("where mne-rsa is wrong", () => {
  test("a file with distances that are long enough is used", async () => {
    const found = await run(named("distances in the file long enough"));
    expect(
      largestDifference(found.scores, expectedScores(named("same radius, all distances"))),
    ).toBeLessThan(1e-10);
  });
  test("a radius of 0.03 s at 100 Hz is 3 samples", async () => {
    const found = await run(named("radius of 3 samples is taken as 2"));
    expect(Array.from(found.times, (time) => Math.round(time * 100))).toEqual([1, 2, 3]);
  });
  test("rows follow names, whatever the order of the choice", async () => {
    const found = await run(named("by index, order mixed"));
    const right = (named("by index").result as readonly Stc[])[0];
    expect(largestDifference(found.scores, numbersOf(right.data))).toBeLessThan(1e-10);
  });
  test("a source space that lacks sources of the data is refused by their names", async () => {
    await expect(run(named("source space lacks vertices of the data"))).rejects.toThrow(/left \d+/);
  });
  test("patches in a volume are straight", async () => {
    const one = named("volume, wider: along the neighbours, not straight");
    const found = await run(one);
    const { data } = await estimatesOf(one);
    const patches = searchlightPatches(data.shape, {
      patches: (reference.patches["volume 0.028"].straight_line ?? []).map((rows) => [...rows]),
    });
    const { scores } = await scoreSearchlight(data, patches, reference.models.map(numbersOf), {
      onProgress: false,
    });
    expect(largestDifference(found.scores, scores)).toBeLessThan(1e-12);
  });
  test("regions of a volume are answered", async () => {
    const found = await run(named("rois, volume"));
    expect(found.scores.every(Number.isFinite)).toBe(true);
  });
});

describe("what has no answer is refused in words", () => {
  test.each(reference.cases.filter(refused))("$function: $name", async (one) => {
    const error: unknown = await run(one).catch((reason: unknown) => reason);
    expect(error).toHaveProperty("code");
    expect((error as Error).message).toMatch(/;/);
  });
});

describe("RDMs of mne-rsa", () => {
  test.each(reference.cases.filter((one) => one.function === "rdm_stcs"))("$name", async (one) => {
    const estimates = await estimatesOf(one);
    const given = { ...(await optionsOf(estimates, one)), items: undefined };
    // mne-rsa takes 0.03 s at 100 Hz as two samples.
    const options = one.name === "rdm folds" ? { ...given, temporalRadiusS: 0.02 } : given;
    const rdms = [];
    for await (const rdm of rdmStcs(estimates, options)) rdms.push(...rdm.condensed);
    expect(largestDifference(rdms, numbersOf(one.result as ReferenceArray))).toBeLessThan(1e-10);
  });
});

test("overlapping regions have scores and no map", async () => {
  const one = named("rois, time");
  const estimates = await estimatesOf(one);
  const roi = { name: "A", hemisphere: "left" as const, vertices: [27, 58, 79] };
  const found = await rsaStcsRois(estimates, modelsOf(one), [roi, { ...roi, name: "B" }], {
    temporalRadiusS: 0.02,
  });
  expect(found.series("m0", "A").values).toEqual(found.series("m0", "B").values);
  expect(() => found.toEstimates("m0")).toThrow(/B/);
});

test("a label of another brain is refused", async () => {
  const one = named("rois, time");
  const { data, vertices, kind, tminS, tstepS } = await estimatesOf(one);
  const estimates = new SourceEstimates({ data, vertices, kind, tminS, tstepS, subject: "sub-01" });
  const roi = { name: "A", hemisphere: "left" as const, vertices: [27], subject: "sub-02" };
  await expect(rsaStcsRois(estimates, modelsOf(one), [roi])).rejects.toThrow(/sub-02/);
});
