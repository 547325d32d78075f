// Reads the files named on standard input, as scripts/check-readers.py does, and answers in the same form.
import { createInterface } from "node:readline";
import { asMatrix, type NpyArray } from "../../src/io/npy/index.ts";
import type { CsvColumns } from "../../src/io/csv/index.ts";
import type { FifCovariance, FifEpochs, FifEvoked } from "../../src/io/fif/index.ts";
import type { CiftiFile } from "../../src/io/cifti/index.ts";
import type { GiftiFile } from "../../src/io/gifti/index.ts";
import type { MghImage } from "../../src/io/mgh/index.ts";
import type { StcFile } from "../../src/io/stc/index.ts";
import type { Image } from "../../src/io/image/index.ts";
import type { MatValue } from "../../src/io/mat/index.ts";
import type { NiftiImage } from "../../src/io/nifti/index.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { isTsrsaError } from "../../src/core/errors.ts";
import { numbers, texts, type Canonical } from "./canonical.ts";
import type { FormatName } from "./reading.ts";
import { outcomeOf } from "./try-case.ts";

interface Task {
  readonly id: string;
  readonly format: FormatName;
  readonly path: string;
}

function ofArray(array: NpyArray): Canonical {
  if (array.kind === "string") return texts(array.shape, array.data);
  if (array.kind === "complex")
    return { real: numbers(array.shape, array.real), imag: numbers(array.shape, array.imag) };
  if (array.kind === "bigint") return numbers(array.shape, Array.from(array.data, Number));
  return numbers(array.shape, asMatrix(array).data);
}

function ofMat(value: MatValue): Canonical {
  switch (value.kind) {
    case "unreadable":
      return value.what;
    case "cell":
      return { cells: value.data.map(ofMat), shape: value.shape.join() };
    case "struct":
      return {
        fields: [...value.fields],
        elements: value.data.map((one) => [...one.values()].map(ofMat)),
      };
    case "string":
      return { texts: [...value.data] };
    default:
      return ofArray(value);
  }
}

const ofMap = <Value>(map: ReadonlyMap<string, Value>, of: (value: Value) => Canonical) =>
  Object.fromEntries([...map].map(([key, value]) => [key, of(value)]));

function ofImage({ width, height, channels, data }: Image): Canonical {
  const shape = channels === 1 ? [height, width] : [height, width, channels];
  const grey = channels === 3 && data.every((value, at) => value === data[at - (at % 3)]);
  return grey
    ? numbers(
        [height, width],
        data.filter((_, at) => at % 3 === 0),
      )
    : numbers(shape, data);
}

function ofCsv({ columns }: CsvColumns): Canonical {
  return ofMap(columns, (cells) => {
    const isNumeric = cells.every((cell) => typeof cell !== "string");
    if (isNumeric)
      return numbers(
        [cells.length],
        cells.map((cell) => Number(cell ?? NaN)),
      );
    return cells.map((cell) => (cell === null ? null : String(cell)));
  });
}

const ofFif = ({ data, imaginary, shape, info }: FifEpochs | FifEvoked): Canonical => ({
  data:
    imaginary === undefined
      ? numbers(shape, data)
      : { real: numbers(shape, data), imag: numbers(shape, imaginary) },
  names: info.channels.map(({ name }) => name),
});

function ofHdf5(found: ReadonlyMap<string, unknown>): Canonical {
  const sets = [...found].flatMap(([path, value]): [string, Canonical][] => {
    if (path.includes("@")) return [];
    if (Array.isArray(value)) return value[0] === "empty" ? [[path, null]] : [];
    return [[path, ofArray(value as NpyArray)]];
  });
  return Object.fromEntries(sets);
}

const canonical: { readonly [Format in FormatName]?: (value: never) => Canonical } = {
  epochs: ofFif,
  evokeds: (list: readonly FifEvoked[]) => list.map(ofFif),
  covariance: ({ data, names }: FifCovariance) => ({
    data: numbers([names.length, names.length], data),
    names: [...names],
  }),
  nifti: ({ data, shape, affine }: NiftiImage) => ({
    values: numbers(shape, data),
    affine: numbers([4, 4], affine.flat()),
  }),
  hdf5: ofHdf5,
  mat: (values: ReadonlyMap<string, MatValue>) => ofMap(values, ofMat),
  npy: ofArray,
  npz: (arrays: ReadonlyMap<string, NpyArray>) => ofMap(arrays, ofArray),
  image: ofImage,
  csv: ofCsv,
  gifti: ({ arrays }: GiftiFile) => arrays.map(({ values }) => numbers(values.shape, values.data)),
  mgh: ({ data, shape, affine }: MghImage) => ({
    values: numbers(shape, data),
    affine: numbers([4, 4], affine.flat()),
  }),
  cifti: ({ values, axes: [maps, brain] }: CiftiFile) => ({
    values: numbers(values.shape, values.data),
    names: maps.kind === "scalars" ? [...maps.names] : [],
    vertices:
      brain.kind === "brain"
        ? brain.models.map(({ vertices = [] }) => Array.from(vertices).join())
        : [],
  }),
  stc: ({ data, vertices, tminS }: StcFile) => ({
    values: numbers(data.shape, data.data),
    vertices: vertices.map((list) => Array.from(list).join()),
    tmin: tminS.toFixed(6),
  }),
  notebook: (cells: readonly NotebookCell[]) => cells.map(({ kind, source }) => [kind, source]),
  zip: (files: ReadonlyMap<string, string>) => ofMap(files, String),
  tgz: (files: ReadonlyMap<string, string>) => ofMap(files, String),
  gz: (files: ReadonlyMap<string, string>) => ofMap(files, String),
};

async function answer({ id, format, path }: Task): Promise<object> {
  const outcome = await outcomeOf(format, path);
  if ("value" in outcome) return { id, value: canonical[format]?.(outcome.value as never) };
  const { error } = outcome;
  const message = error instanceof Error ? error.message : String(error);
  return isTsrsaError(error) ? { id, error: message } : { id, untyped: message };
}

for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await answer(JSON.parse(line) as Task)));
process.exit(0);
