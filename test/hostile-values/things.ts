import { bmpBytes, hdf5Bytes, niftiBytes, npyBytes, npzBytes } from "../../src/io/index.ts";
import {
  asTable,
  epochsFromArray,
  evalFixed,
  fuse,
  Evoked,
  hdf5RdmsBytes,
  pairDataset,
  permutationClusterTest,
  Rdm,
  readAtlas,
  rsaNifti,
  rsaSurface,
  searchlightPatches,
  SensorScores,
  stackMaps,
  stackScores,
  TfrScores,
  TimeTime,
  trainPairModel,
  type Image,
  SourceEstimates,
} from "../../src/index.ts";

/** Small sound things that every call of the table is made of. */
export const quiet = { onProgress: false } as const;
export const names4 = ["a", "b", "c", "d"];
export const rdm = new Rdm([1, 2, 3, 4, 5, 6], { items: names4, name: "one" });
export const rdms = [
  new Rdm([1, 2, 3, 4, 5, 6], { items: names4, meta: { subject: 1 } }),
  new Rdm([2, 1, 3, 4, 6, 5], { items: names4, meta: { subject: 2 } }),
  new Rdm([1, 2, 3, 5, 6, 4], { items: names4, meta: { subject: 2 } }),
];
export const rows = [
  [1, 2, 3],
  [2, 1, 5],
  [4, 3, 1],
  [3, 5, 2],
];
export const shares = rows.map((row) => row.map((value) => value / 10));
export const stimuli = Array.from({ length: 12 }, (_, t) => [t % 2, (t % 3) - 1, (t % 5) - 2]);
export const responses = stimuli.map(([first, second]) => [2 * first, second + 0.1 * first]);
export const groups = { first: [0], others: [1, 2] };

const wave = (n: number) => Float64Array.from({ length: n }, (_, at) => Math.sin(at * at + 1));

export const channels = ["Cz", "Pz"].map((name, at) => ({
  name,
  type: "eeg" as const,
  position: [0, at * 0.05, 0.1] as [number, number, number],
}));
export const threeSensors = ["Cz", "Pz", "Oz"].map((name, at) => ({
  name,
  type: "eeg" as const,
  position: [at === 1 ? 0.03 : 0, at * 0.03, 0.1] as [number, number, number],
}));
export const epochs = epochsFromArray(
  { data: wave(6 * 2 * 4), shape: [6, 2, 4] },
  {
    sfreqHz: 100,
    channels,
    metadata: asTable({ word: ["a", "b", "c", "a", "b", "c"] }),
    eventCodes: [1, 2, 3, 1, 2, 3],
  },
);
export const info = { channels, sfreqHz: 100, bads: [] };
export const evokeds = ["a", "b", "c"].map(
  (comment, at) =>
    new Evoked({
      info,
      times: Float64Array.of(0, 0.01, 0.02),
      data: { data: wave(6).map((value) => value * (at + 1) + at * at), shape: [2, 3] },
      comment,
      nAverages: 20,
    }),
);
export const scores = new SensorScores({
  scores: wave(4),
  modelNames: ["idea"],
  channels: ["Cz", "Pz"],
  times: Float64Array.of(0, 0.01),
  rsaMetric: "spearman",
  nItems: 3,
});
export const clusters = await permutationClusterTest(
  { data: wave(16).map((value) => 3 + value / 9), shape: [4, 2, 2] },
  {
    axes: ["times", "sensors"],
    channels: ["Cz", "Pz"],
    adjacency: { names: ["Cz", "Pz"], pairs: [[0, 1]] },
    alpha: 0.2,
    ...quiet,
  },
);
export const headScores = new SensorScores({
  scores: wave(9),
  modelNames: ["idea"],
  channels: ["Cz", "Pz", "Oz"],
  times: Float64Array.of(0, 0.01, 0.02),
  rsaMetric: "spearman",
  nItems: 3,
});
export const tfrScores = new TfrScores({
  scores: Float64Array.of(0.1, 0.2, 0.3, 0.4),
  modelNames: ["idea"],
  freqsHz: Float64Array.of(6, 10),
  times: Float64Array.of(0, 0.1),
  edgeS: Float64Array.of(0.05, 0.03),
  fwhmS: Float64Array.of(0.2, 0.1),
  dataS: [-0.5, 0.5],
  rsaMetric: "spearman",
  power: "total power",
  nItems: 9,
  notes: [],
});
export const timeTime = new TimeTime({
  scores: Float64Array.of(0.3, 0.1, 0.2, 0.4),
  rowTimes: Float64Array.of(0, 0.01),
  columnTimes: Float64Array.of(0, 0.01),
  rowName: "half 1",
  columnName: "half 2",
  label: "spearman of RDMs",
  symmetric: false,
  overlapS: undefined,
});
export const model3 = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });

export const power = { sets: 10, alpha: 0.05, seed: 0, test: "a t test", notes: [] };

export const fusion = await fuse(
  { anna: [rdm, rdms[1]], ben: [rdms[1], rdms[2]], carl: [rdms[2], rdm] },
  [rdm],
  quiet,
);

export const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
export const volume = { data: Float64Array.of(0, 0.2, 0.7, 1), shape: [2, 2, 1], affine };
export const mask = { data: Uint8Array.of(1, 1, 0, 1), shape: [2, 2, 1], affine };
export const series = { data: wave(24), shape: [2, 2, 1, 6], affine };
export const maps = await rsaNifti(series, model3, {
  labels: ["a", "b", "c", "a", "b", "c"],
  radiusMm: 4,
  jobs: 1,
  ...quiet,
});
export const labels6 = ["a", "b", "c", "a", "b", "c"];

export const image: Image = {
  width: 2,
  height: 2,
  channels: 1,
  data: Uint8Array.of(0, 60, 120, 255),
  name: "four",
};
export const patterns = { data: wave(12), shape: [4, 3] };
export const patches = searchlightPatches([4, 3], {
  patches: [
    [0, 1],
    [1, 2],
  ],
});
export const features16 = Array.from({ length: 16 }, (_, at) => [at, Math.sin(at)]);
export const rdm16 = new Rdm(Float64Array.from({ length: 120 }, (_, at) => at % 11));
export const dataset = pairDataset(rdm16, features16);
export const pairResult = await trainPairModel(dataset, {
  model: "distance",
  metric: "euclidean",
  ...quiet,
});
export const evaluation = await evalFixed([rdm, rdms[1]], rdms, quiet);
export const heatmap = {
  rows: ["V1", "LOC"],
  columns: ["layer1", "layer2"],
  values: [
    [0.04, 0.05],
    [0.01, 0.03],
  ],
};

/** Files in memory. */
export const files = {
  npy: npyBytes({ data: Float64Array.of(1, 2, 3, 4), shape: [2, 2] }),
  npz: await npzBytes({ k: [7] }),
  csv: new TextEncoder().encode("item,onset\na,0.5\nb,NA\n"),
  bmp: bmpBytes(image),
  nifti: niftiBytes({ data: volume.data, shape: volume.shape, affine }),
  hdf5: await hdf5Bytes({ k: new Float64Array([1, 2]) }),
  rdms: await hdf5RdmsBytes(rdms),
  meadows: new TextEncoder().encode(
    JSON.stringify({ stimuli: [{ name: "a" }, { name: "b" }], rdm: [0.4] }),
  ),
};

/** Four corners of a tetrahedron, and its sides. */
export const mesh = {
  points: { data: Float64Array.of(0, 30, 0, 0, -30, 0, 0, 0, 30, -20, 0, 5), shape: [4, 3] },
  triangles: { data: Int32Array.of(0, 2, 3, 1, 3, 2, 0, 3, 1, 0, 1, 2), shape: [4, 3] },
};
export const estimates = new SourceEstimates({
  data: { data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [1, 4, 2] },
  vertices: [Int32Array.of(0, 1), Int32Array.of(0, 3)],
  kind: "surface",
  tminS: 0,
  tstepS: 0.01,
});

/** Values of one person on four vertices: four items. */
export const cortexValues = (shift: number) => ({
  left: {
    values: {
      data: Float64Array.from({ length: 16 }, (_, at) => Math.sin(shift * at)),
      shape: [4, 4],
    },
  },
});
const cortexMaps = (shift: number) =>
  rsaSurface(
    cortexValues(shift),
    [
      new Rdm([1, 2, 3, 4, 5, 6], { items: names4, name: "x" }),
      new Rdm([1, 3, 2, 6, 5, 9], { items: names4, name: "y" }),
    ],
    { labels: names4, surfaces: { left: mesh }, radiusMm: 60, ...quiet },
  );
export const cortexPeople = { anna: await cortexMaps(1), ben: await cortexMaps(2) };

/** Estimates of one person in four sources: three items, twice. */
export const sourcesOf = (shift: number) =>
  new SourceEstimates({
    data: {
      data: Float64Array.from({ length: 24 }, (_, at) => Math.sin(shift * at)),
      shape: [6, 4, 1],
    },
    vertices: [Int32Array.of(0, 1), Int32Array.of(0, 3)],
    kind: "surface",
    tminS: 0,
    tstepS: 0.01,
  });
export const names6 = ["a", "b", "c", "d", "e", "f"];
export const twoFolds = {
  labels: names6,
  itemFolds: [
    ["a", "b", "c"],
    ["d", "e", "f"],
  ],
};
export const models6 = ["x", "y"].map(
  (name, m) =>
    new Rdm(
      Float64Array.from({ length: 15 }, (_, at) => 2 + Math.sin((m + 2) * at)),
      { items: names6, name },
    ),
);
export const twoModels = [model3, new Rdm([1, 3, 2], { items: ["a", "b", "c"], name: "other" })];
export const atlas = await readAtlas({ data: Int16Array.of(1, 1, 2, 2), shape: [2, 2, 1], affine });
const twoMaps = await rsaNifti(series, twoModels, {
  labels: labels6,
  radiusMm: 4,
  jobs: 1,
  ...quiet,
});
export const mapStack = stackMaps([twoMaps, twoMaps]);
const personScores = new SensorScores({
  scores: Float64Array.of(0.5, 0.1),
  modelNames: ["x", "y"],
  channels: ["rsa"],
  times: Float64Array.of(0),
  rsaMetric: "spearman",
  nItems: 9,
});
export const groupScores = stackScores([personScores, personScores]);
