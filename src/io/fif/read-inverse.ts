import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { matrix, type Matrix } from "../../core/matrix.ts";
import { blockKind, describeTag, tagKind } from "./constants.ts";
import { optional, readTransform } from "./info.ts";
import { readInverseNoise, readSourceVariances, type InverseNoise } from "./inverse-covariances.ts";
import { findNamedMatrix, type NamedMatrix } from "./named-matrix.ts";
import { readProjections } from "./projections.ts";
import { sourceSpacesIn, type FifSourceSpace } from "./source-spaces.ts";
import {
  findBlocks,
  findTag,
  needBlock,
  needTag,
  withFif,
  type FifBlock,
  type FifFile,
} from "./tree.ts";
import { fault, readInt, readNumbers } from "./values.ts";
import type { FifProjection } from "./types.ts";

/** An inverse operator of MNE: how the currents of the sources follow from what the sensors measure. */
export interface FifInverse {
  /** Names of its channels, in the order of all its matrices. */
  readonly channels: readonly string[];
  readonly methods: "meg" | "eeg" | "meg and eeg";
  /** One direction a source, or three. */
  readonly orientation: "fixed" | "free";
  readonly frame: "head" | "mri";
  readonly nSources: number;
  /** Directions of the currents: (sources or 3 · sources) × 3. */
  readonly directions: Matrix<Float64Array>;
  readonly singularValues: Float64Array;
  /** Modes × channels. */
  readonly fields: Matrix<Float64Array>;
  /** (sources or 3 · sources) × modes. */
  readonly leads: Matrix<Float64Array>;
  /** Whether the leads are multiplied by the roots of the source variances already. */
  readonly leadsWeighted: boolean;
  readonly sourceVariances: Float64Array;
  readonly noise: InverseNoise;
  readonly projections: readonly FifProjection[];
  /** In the frame of the operator. */
  readonly spaces: readonly FifSourceSpace[];
  /** From MRI to head coordinates: 4 × 4, C order. */
  readonly mriToHead: Float64Array;
  /** What else was found, in words. */
  readonly notes: readonly string[];
}

const methodNames = { 1: "meg", 2: "eeg", 3: "meg and eeg" } as const;

/**
 * The inverse operator in a `-inv.fif` file; the first where there are several, which is said. Agrees with
 * `mne.minimum_norm.read_inverse_operator`.
 *
 * @throws FileFormatError when it is damaged, lacks a part or its parts do not fit each other; MissingFile.
 * @example
 * import { readFifInverse } from "tsrsa/io";
 * async function channelsOf(path: string) {
 *   return (await readFifInverse(path)).channels;
 * }
 */
export async function readFifInverse(input: FileInput): Promise<FifInverse> {
  return withFif(input, (file) => {
    const block = needBlock(file, file.root, blockKind.inverse);
    const others = findBlocks(file.root, blockKind.inverse).length - 1;
    const notes =
      others > 0 ? [`the file holds ${others + 1} inverse operators; this is the first`] : [];
    return { ...readInverse(file, block), notes };
  });
}

function readInverse(file: FifFile, block: FifBlock): Omit<FifInverse, "notes"> {
  const orientation =
    readInt(file, needTag(file, block, tagKind.sourceOrientation)) === 1 ? "fixed" : "free";
  const nSources = readInt(file, needTag(file, block, tagKind.sourceCount));
  const nRows = orientation === "fixed" ? nSources : 3 * nSources;
  const fields = needMatrix(
    file,
    findNamedMatrix(file, block, tagKind.inverseFields),
    tagKind.inverseFields,
  );
  const channels = fields.columnNames ?? [];
  const stored = findNamedMatrix(file, block, tagKind.inverseLeads);
  const weighted = findNamedMatrix(file, block, tagKind.inverseLeadsWeighted);
  const leads = needMatrix(file, stored ?? weighted, tagKind.inverseLeads);
  const singularValues = readNumbers(file, needTag(file, block, tagKind.inverseSingular)).data;
  const nModes = singularValues.length;
  checkShape(file, "eigen fields", fields.values.shape, [nModes, channels.length]);
  checkShape(file, "eigen leads", leads.values.shape, [nModes, nRows]);
  const directions = readNumbers(file, needTag(file, block, tagKind.sourceDirections));
  checkShape(file, "source directions", directions.shape, [nRows, 3]);
  const spaces = sourceSpacesIn(file, file.root);
  const inUse = spaces.reduce((sum, { vertices }) => sum + vertices.length, 0);
  if (inUse !== nSources)
    throw new FileFormatError(
      file.name,
      "source spaces",
      `${nSources} sources, as the operator has`,
      `${inUse}`,
    );
  return {
    channels,
    methods: methodsOf(file, block),
    orientation,
    frame: frameOf(file, block),
    nSources,
    directions: matrix(directions.data, [nRows, 3]),
    singularValues,
    fields: fields.values,
    leads: transposed(leads.values),
    leadsWeighted: stored === undefined,
    sourceVariances: readSourceVariances(file, block, nRows),
    noise: readInverseNoise(file, block, channels),
    projections: readProjections(file, file.root, (name) => name),
    spaces,
    mriToHead: mriToHead(file),
  };
}

function methodsOf(file: FifFile, block: FifBlock): FifInverse["methods"] {
  const tag = needTag(file, block, tagKind.inverseMethods);
  const code = readInt(file, tag);
  if (code === 1 || code === 2 || code === 3) return methodNames[code];
  throw fault(file, tag, "1, 2 or 3", `${code}`);
}

function frameOf(file: FifFile, block: FifBlock): FifInverse["frame"] {
  const tag = needTag(file, block, tagKind.coordFrame);
  const code = readInt(file, tag);
  if (code === 4 || code === 5) return code === 4 ? "head" : "mri";
  throw fault(file, tag, "4 (head) or 5 (MRI)", `${code}`);
}

function needMatrix(file: FifFile, found: NamedMatrix | undefined, kind: number): NamedMatrix {
  if (found !== undefined) return found;
  throw new FileFormatError(file.name, "inverse operator", describeTag(kind), "none");
}

function checkShape(
  file: FifFile,
  what: string,
  found: readonly number[],
  expected: readonly number[],
): void {
  if (found.join() === expected.join()) return;
  throw new FileFormatError(
    file.name,
    what,
    `shape (${expected.join(", ")})`,
    `(${found.join(", ")})`,
  );
}

function transposed({ data, shape: [rows, columns] }: Matrix<Float64Array>): Matrix<Float64Array> {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j];
  return matrix(turned, [columns, rows]);
}

function mriToHead(file: FifFile): Float64Array {
  const parent = findBlocks(file.root, blockKind.parentMri).find(
    (block) => findTag(block, tagKind.coordinateTransform) !== undefined,
  );
  const tag = parent === undefined ? undefined : findTag(parent, tagKind.coordinateTransform);
  const found = optional(tag, (one) => readTransform(file, one));
  if (found?.from === 5 && found.to === 4) return found.matrix;
  throw new FileFormatError(
    file.name,
    "transform",
    "one from MRI (5) to head coordinates (4)",
    found === undefined ? "none" : `${found.from} to ${found.to}`,
  );
}
