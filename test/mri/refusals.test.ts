import { expect, test } from "vitest";
import { bidsName, writeBidsMap } from "../../src/io/bids/index.ts";
import { designMatrix, firstLevel, rdmNifti, readAtlas, rsaAtlas } from "../../src/mri/index.ts";
import { rdmFromMeasurements } from "../../src/rdm/index.ts";
import { Rdm } from "../../src/rdm/rdm.ts";
import { layOut } from "../io/bids/lay-out.ts";
import { readCases } from "../reference/glm/read.ts";

interface Refusal {
  readonly name: string;
  readonly function: string;
  readonly input: Record<string, never>;
  readonly expected: {
    readonly refused: boolean;
    readonly error: string;
    readonly words: string[];
  };
}

/** Those that stand in a test of their own room: designs, models, contrasts, tables, filters and single trials. */
const elsewhere = ["design", "fitGlm", "contrast", "readTsv", "clean", "trialBetas", "run"];
const cases = readCases<Refusal>("refusals").filter((one) => !elsewhere.includes(one.function));

const affine = (shift = 0) => [
  [2, 0, 0, shift],
  [0, 2, 0, 0],
  [0, 0, 2, 0],
  [0, 0, 0, 1],
];
const quiet = { onProgress: false } as const;

function noise(n: number, seed = 1): Float64Array {
  let state = seed;
  return Float64Array.from({ length: n }, () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  });
}

function image(shape: readonly number[], mean = 100) {
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    data: noise(size).map((value) => mean + value - 0.5),
    shape,
    affine: affine(),
  };
}

const events = {
  onset: [4, 20, 40, 60],
  duration: [1, 1, 1, 1],
  trial_type: ["a", "b", "a", "b"],
};
const inMask = (shape: readonly number[], shift = 0, value = 1) => ({
  data: new Uint8Array(shape.reduce((product, length) => product * length, 1)).fill(value),
  shape,
  affine: affine(shift),
});

/** Patterns of 4 × 5 × 1 voxels with items and runs, and crossnobis with residuals of so many rows and voxels. */
function crossnobis(
  items: readonly string[],
  runs: readonly (string | number)[],
  residuals: readonly {
    rows: number;
    voxels?: number;
    run?: string;
    dof?: number;
    constant?: true;
  }[],
) {
  const data = image([4, 5, 1, items.length]);
  return rdmNifti(data, {
    ...quiet,
    ...{
      labels: items,
      folds: runs.map(String),
      metric: "crossnobis",
      radiusMm: 3,
    },
    noise: {
      residuals: residuals.map(({ rows, voxels = 20, run, dof, constant }, at) => {
        const values = noise(rows * voxels, at + 2);
        if (constant === true) for (let t = 0; t < rows; t++) values[t * voxels] = 1;
        return {
          data: values,
          shape: [rows, voxels],
          ...(run !== undefined && { run }),
          ...(dof !== undefined && { dof }),
        };
      }),
    },
  } as never);
}

const model = new Rdm([1, 2, 3], { items: ["a", "b", "c"], name: "m" });

async function atlas(
  labels: readonly number[],
  shape: readonly number[],
  names?: Record<string, string>,
) {
  const data = Float64Array.from(labels);
  return readAtlas(
    { data, shape, affine: affine() },
    {
      ...(names !== undefined && { names }),
    },
  );
}

const person = (shape: readonly number[]) => image([...shape, 3]);

/** Each situation, built. */
const situations: Readonly<Record<string, () => unknown>> = {
  "mask of another grid": () =>
    firstLevel(
      { image: image([9, 10, 9, 60]), events },
      { tr: 2, mask: inMask([9, 10, 8]), ...quiet },
    ),
  "mask shifted by 1 mm": () =>
    firstLevel(
      { image: image([4, 5, 1, 60]), events },
      { tr: 2, mask: inMask([4, 5, 1], 1), ...quiet },
    ),
  "empty mask": () =>
    firstLevel(
      { image: image([4, 5, 1, 60]), events },
      { tr: 2, mask: inMask([4, 5, 1], 0, 0), ...quiet },
    ),
  "percent scaling of centred data": () =>
    firstLevel(
      { image: image([4, 5, 1, 60], 0), events },
      { tr: 2, signalScaling: "percent", ...quiet },
    ),
  "crossnobis with one run": () => crossnobis(["a", "b", "a", "b"], [1, 1, 1, 1], [{ rows: 40 }]),
  "item in one run only": () =>
    crossnobis(["a", "b", "a", "b", "c"], [1, 1, 2, 2, 2], [{ rows: 40 }, { rows: 40 }]),
  "residuals of other voxels": () =>
    crossnobis(
      ["a", "b", "a", "b"],
      [1, 1, 2, 2],
      [
        { rows: 40, voxels: 19 },
        { rows: 40, voxels: 19 },
      ],
    ),
  "no degrees of freedom": () =>
    crossnobis(
      ["a", "b", "a", "b"],
      [1, 1, 2, 2],
      [
        { rows: 10, dof: 0 },
        { rows: 10, dof: 0 },
      ],
    ),
  "constant voxel in a sphere": () =>
    crossnobis(
      ["a", "b", "a", "b"],
      [1, 1, 2, 2],
      [
        { rows: 40, constant: true },
        { rows: 40, constant: true },
      ],
    ),
  "runs of patterns and residuals differ": () =>
    crossnobis(
      ["a", "b", "a", "b", "a", "b"],
      [1, 1, 2, 2, 3, 3],
      [
        { rows: 40, run: "1" },
        { rows: 40, run: "2" },
      ],
    ),
  "labels not whole": () => atlas([0, 1, 1.5, 2], [4, 1, 1]),
  "atlas on another grid": async () =>
    rsaAtlas(person([9, 10, 8]), await atlas(Array<number>(8 * 9 * 7).fill(1), [8, 9, 7]), model, {
      labels: ["a", "b", "c"],
      ...quiet,
    }),
  "names twice": () => atlas([1, 2], [2, 1, 1], { "1": "V1", "2": "V1" }),
  "atlas without a region large enough": async () =>
    rsaAtlas(person([7, 1, 1]), await atlas([1, 1, 1, 2, 2, 2, 2], [7, 1, 1]), model, {
      labels: ["a", "b", "c"],
      leastVoxels: 10,
      ...quiet,
    }),
  "output exists": async () => {
    const out = layOut({});
    const map = {
      data: new Float32Array(1),
      shape: [1, 1, 1],
      affine: affine(),
    };
    for (let turn = 0; turn < 2; turn++) await writeBidsMap(out, map, { entities: { sub: "01" } });
  },
  "label with an underscore": () =>
    bidsName({ entities: { sub: "01", desc: "my_model" }, suffix: "statmap" }),
  "two models become one label": () => {
    const map = {
      data: new Float32Array(1),
      shape: [1, 1, 1],
      affine: affine(),
    };
    return writeBidsMap(layOut({}), { "my model": map, myModel: map }, { entities: { sub: "01" } });
  },
};

test("every refusal of the table is a situation here, or stands elsewhere", () => {
  expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(situations).sort());
});

test.each(cases)("$name", async ({ name, expected }) => {
  const error = await Promise.resolve()
    .then(situations[name])
    .then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );
  if (!expected.refused) return expect(error).toBeUndefined();
  expect(error?.name).toBe(expected.error);
  for (const word of expected.words)
    expect(error?.message.toLowerCase()).toContain(word.toLowerCase());
});

test("items in one run only are refused, naming them, where that is asked for", async () => {
  const labels = ["a", "b", "a", "b", "c", "d"];
  const folds = ["1", "1", "2", "2", "2", "2"];
  const series = image([4, 5, 1, 6]);
  const how = { labels, folds, metric: "crossnobis", radiusMm: 3, ...quiet } as const;
  await expect(rdmNifti(series, { ...how, strict: true })).rejects.toThrow(
    /items: "?c, d"?; 2 of 4 items are in fewer than two folds/,
  );
  const both = {
    ...how,
    labels: ["a", "b", "c", "a", "b", "c"],
    folds: ["1", "1", "1", "2", "2", "2"],
  };
  expect((await rdmNifti(series, { ...both, strict: true })).length).toBe(20);
  const rows = Array.from({ length: 6 }, (_, at) => [at, at * at, 1]);
  const asked = { labels, runs: folds, method: "crossnobis" } as const;
  expect(rdmFromMeasurements(rows, asked).between("a", "c")).toBeNaN();
  expect(() => rdmFromMeasurements(rows, { ...asked, strict: true })).toThrow(/c, d/);
  const bare = { labels, strict: true } as const;
  expect(() => rdmFromMeasurements(rows, bare)).toThrow(/strict/);
});

test("a column of two names says whence each is", () => {
  const columns = Array.from({ length: 60 }, (_, at) => Math.sin(at * at));
  const how = { tr: 2, nVolumes: 60 };
  for (const name of ["constant", "drift_1"]) {
    const confounds = { [name]: columns };
    expect(() => designMatrix(events, { ...how, confounds })).toThrow(
      /name of a confound and of a drift/,
    );
  }
  const confounds = { drift_x: columns };
  const own = { ...events, trial_type: ["a", "drift_1", "a", "drift_1"] };
  expect(() => designMatrix(own, { ...how, confounds })).toThrow(/of a condition and of a drift/);
});
