import { random, Rdm, reorder, SensorScores, stackScores } from "../../src/index.ts";

/** What stands above the exercises of a notebook, small: its names, as the exercise's cells use them. */
export type Scope = Readonly<Record<string, unknown>>;

function someRdm(items: readonly string[], seed: number, like?: Rdm): Rdm {
  const stream = random(seed);
  const n = items.length;
  const values = Array.from({ length: (n * (n - 1)) / 2 }, (_, at) => {
    const own = 0.4 + stream.next();
    return like === undefined ? own : own + 0.8 * like.condensed[at];
  });
  return new Rdm(values, { items, name: `rdm ${seed}` });
}

function first(): Scope {
  const cues = Array.from({ length: 13 }, (_, at) => `word${at}`);
  const kinds = [0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0];
  const peaks = [
    { timeS: 0.31, score: 0.05 },
    { timeS: 0.46, score: 0.08 },
  ];
  const modelNames = ["related or not", "association strength"];
  const stream = random(5);
  const drawn = Array.from({ length: 199 }, () => 0.05 * stream.normal());
  const nullDistribution = Float64Array.from([...drawn, 0.085]).sort();
  return {
    cues,
    peaks,
    kindOf: (cue: string) => kinds[cues.indexOf(cue)],
    related: someRdm(cues, 1),
    n400: someRdm(cues, 2),
    tests: [{}, { nullDistribution, score: 0.085 }],
    scores: {
      modelNames,
      peak: (model: string) => peaks[modelNames.indexOf(model)],
    },
  };
}

function meg(): Scope {
  const files = ["f", "u", "s"].flatMap((kind) =>
    Array.from({ length: 6 }, (_, at) => `${kind}00${at + 1}.bmp`),
  );
  const pixelRdm = someRdm(files, 1);
  const networkRdm = someRdm(files, 2);
  const shuffled = random(9)
    .permutation(files.length)
    .reduce<string[]>((all, at) => [...all, files[at]], []);
  const neural = reorder(someRdm(files, 8, pixelRdm), shuffled);
  const occipital = { info: { sfreqHz: 220 } };
  return { files, pixelRdm, networkRdm, neural, occipital, group: someGroup() };
}

/** Scores of five people, each with a peak near 0.1 s (pixels) or 0.25 s (FaceNet), and noise. */
function someGroup() {
  const { normal } = random(12);
  const times = Float64Array.from({ length: 40 }, (_, at) => at / 100);
  const [modelNames, middles] = [
    ["pixels", "FaceNet"],
    [0.1, 0.25],
  ];
  const curve = (middle: number): number[] =>
    Array.from(times, (t) => 0.1 * Math.exp(-(((t - middle) / 0.04) ** 2)) + 0.03 * normal());
  const people = ["sub-02", "sub-03", "sub-04", "sub-06", "sub-07"].map((name) => {
    const scores = Float64Array.from(middles.flatMap((middle) => curve(middle + 0.03 * normal())));
    const channels = ["rsa"];
    const parts = { scores, modelNames, channels, times, rsaMetric: "spearman", nItems: 18 };
    return [name, new SensorScores(parts)] as const;
  });
  return stackScores(Object.fromEntries(people));
}

function searchlight(): Scope {
  const items = ["face", "house", "cat", "shoe"].flatMap((category) =>
    ["0", "1", "2", "3", "4"].map((run) => `${category}/${run}`),
  );
  const mm = [3.5, 3.75, 3.9];
  const categoryOf = (item: string) => item.split("/")[0];
  return { items, mm, categoryOf, runOf: (item: string) => item.split("/")[1] };
}

function regions(): Scope {
  const images = Array.from({ length: 14 }, (_, at) => `image${at}`);
  const layers = [1, 2, 3, 4, 5].map((seed) => someRdm(images, seed));
  const rdms = [21, 22, 23].map((seed) =>
    reorder(someRdm(images, seed, layers[3]), [...images].reverse()),
  );
  return {
    layers,
    layerNames: ["conv1", "layer1", "layer2", "layer3", "layer4"],
    regions: ["LHEarlyVis", "RHEarlyVis"],
    jointScores: [
      [0.1, 0.2, 0.3, 0.2, 0.1],
      [0.05, 0.031, 0.06, 0.072, 0.054],
    ],
    readRegion: () => Promise.resolve(rdms),
    metric: { metric: "pearson" },
    evaluations: [
      { means: [0.02, 0.03, 0.04, 0.07, 0.05], noiseCeiling: { lower: 0.16, upper: 0.42 } },
    ],
    loc: 0,
    images: Array.from({ length: 30 }),
    mixes: [
      {
        itemFolds: [
          [0, 1, 2, 3, 4, 5],
          [6, 7],
        ],
      },
    ],
  };
}

function encoding(): Scope {
  const stream = random(3);
  const measured = Array.from({ length: 40 }, () => 0.4 + stream.normal());
  const predicted = measured.map((value) => 0.3 + 0.5 * value + 0.6 * stream.normal());
  return {
    side: 10,
    runs: Int32Array.from({ length: 20 * 7 }, (_, at) => Math.floor(at / 7)),
    ofFour: undefined,
    predictions: undefined,
    courseOf: (name: string) => ({ values: name === "measured" ? measured : predicted }),
  };
}

function imagePairs(): Scope {
  const test = {
    i: Int32Array.of(0, 0, 1, 2, 3, 4, 5, 6),
    j: Int32Array.of(1, 9, 2, 9, 8, 5, 9, 9),
    target: new Float64Array(8),
  };
  const train = { i: new Int32Array(11), j: new Int32Array(11), target: new Float64Array(11) };
  const trainImages = Int32Array.of(0, 1, 2, 3, 4, 8);
  return {
    honest: { folds: [{ testImages: Int32Array.from({ length: 9 }, (_, at) => at) }] },
    leaky: { folds: [{ test, train, trainImages }] },
    names: Array.from({ length: 30 }, (_, at) => `train-${at}`),
    target: {
      folds: [{ testImages: new Int32Array(21), test: { target: new Float64Array(210) } }],
    },
    how: { nPermutations: 1000 },
  };
}

function sources(): Scope {
  const names = [
    "bankssts",
    "cuneus",
    "fusiform",
    "lingual",
    "precuneus",
    "pole",
    "insula",
    "other",
  ];
  // Where each of the mistakes leads, one region each.
  const faces = [
    [0.01, 0.02, 0.03],
    [0.09, 0.02, 0.03],
    [0.0, 0.2, 0.0],
    [0.01, 0.02, 0.15],
    [0.08, 0.12, 0.08],
    [0.02, 0.04, 0.05],
    [0.005, 0.01, 0.02],
    [0.03, 0.03, 0.04],
  ];
  const pixels = faces.map((_, at) => [0, at === 5 ? 0.3 : 0.1, 0]);
  const stream = random(6);
  const points = Float64Array.from({ length: 3 * 900 }, () => 0.1 * stream.next());
  points.set([0.05, 0.05, 0.05]);
  return {
    epochs: { info: { sfreqHz: 221 } },
    names,
    ofRegions: {
      series: (model: string, name: string) => ({
        values: (model === "FaceNet" ? faces : pixels)[names.indexOf(name)],
      }),
    },
    space: {
      points: { data: points },
      vertices: Int32Array.from({ length: 450 }, (_, at) => 2 * at),
    },
    centre: 0,
  };
}

function group(): Scope {
  const stream = random(7);
  const draw = (n: number, centre: number) =>
    Array.from({ length: n }, () => centre + 0.3 * stream.normal());
  const first = draw(11, 0.6);
  const nSources = 6;
  const inside = [2, 3, 6, 7, 8, 9, 10, 11, 14, 15, 20, 27];
  const t = Float64Array.from({ length: 8 * nSources }, (_, at) =>
    inside.includes(at) || at === 40 ? 4.1 + 1.7 * stream.next() : 2 * stream.normal(),
  );
  t[14] = 6.3;
  const biggest = { positions: Int32Array.from(inside), peakPosition: 14 };
  return {
    people: first.map((_, at) => `sub-${at}`),
    peakPixels: 0,
    pixels: first.map((score) => [score]),
    early: {
      pixels: first,
      facenet: first.map((score) => 0.2 + 0.4 * score + 0.1 * stream.next()),
    },
    biggest,
    test: { t: { data: t }, threshold: 4 },
    adjacency: { names: Array.from({ length: nSources }, (_, at) => `left ${at}`) },
    contrast: { times: [0, 0.02] },
  };
}

function richer(): Scope {
  const stream = random(11);
  const across = Array.from({ length: 6 }, (_, i) =>
    Array.from({ length: 6 }, (__, j) => (i === j ? 0.4 : 0.9) + 0.3 * stream.next()),
  );
  const accuracies = [1, 1, 0.75, 1, 0.9, 0.5, 1, 0.6, 0.7, 0.45];
  const items = ["f001", "f002", "s001", "s002", "u001"];
  return {
    across,
    items,
    nCycles: 5,
    nPeople: 10,
    accuracy: new Rdm(accuracies, { items }),
    correlations: { withRegion: 0.52, withModel: 0.38, between: 0.29 },
    scoresThen: [0.31, 0.22, 0.4, 0.1, 0.28],
    boundsThen: [0.42, 0.2, 0.45, 0.3, 0.38],
  };
}

function scans(): Scope {
  const stream = random(14);
  const values = <T>(n: number, of: (at: number) => T): T[] =>
    Array.from({ length: n }, (_, at) => of(at));
  const runs = ["1", "1", "2", "2", "3", "3"];
  const shared = values(5, () => stream.normal());
  const data = shared.flatMap((own) =>
    runs.map((_, at) => (at % 2 === 0 ? own : 0) + 0.7 * stream.normal()),
  );
  const names = values(9, (at) => `item${at}`);
  const signed = new Rdm(
    values(36, (at) => 0.02 + (at % 5 < 2 ? -1 : 1) * (0.1 + stream.next())),
    { items: names },
  );
  return {
    events: { row: () => ({ onset: 12.4 }) },
    found: [{ repetitionTimeS: 2, startTimeS: 1 }],
    design: {
      shape: [64, 13],
      names: values(13, (at) => `column${at}`),
      record: { columns: ["dog", "face", "house", "tool"] },
    },
    confounds: { names: values(6, (at) => `trans_${at}`) },
    categories: new Map([
      ["dog-1", "dog"],
      ["face-1", "face"],
    ]),
    categoryOf: (item: string) => item.split("-")[0],
    maskOf: () => ({ data: Uint8Array.of(0, 1, 1, 1, 1, 1) }),
    visual: "region",
    quiet: "region",
    betas: {
      ...{ voxels: Int32Array.of(1, 2, 3, 4, 5), nVolumes: 6, runs, data },
      items: runs.map((_, at) => (at % 2 === 0 ? "dog-1" : "face-1")),
    },
    crossnobis: {},
    rdmNifti: () => Promise.resolve({ first: () => signed }),
    group: {
      table: { column: () => [0.6, 0.002, 0.042, 0.0054, 0.018, 0.2, 0.012, 0.034, 0.027, 0.029] },
    },
  };
}

/** The scope of each notebook, by its number. */
export const scopes: Readonly<Record<string, Scope>> = {
  "00": first(),
  "01": meg(),
  "02": searchlight(),
  "03": regions(),
  "04": encoding(),
  "05": imagePairs(),
  "06": sources(),
  "07": group(),
  "08": scans(),
  "09": richer(),
};
