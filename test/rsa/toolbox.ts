import { Rdm } from "../../src/rdm/index.ts";
import {
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../reference/read-reference.ts";

/** One case of `toolbox_inference.json`. */
export interface InferenceCase {
  readonly func: string;
  readonly method: string;
  readonly data?: string;
  readonly ridge?: number;
  readonly k_rdm?: number;
  readonly k_pattern?: number;
  readonly theta?: number[];
  readonly samples?: readonly { rdm_idx?: ReferenceArray; pattern_idx?: ReferenceArray }[];
  readonly output: unknown;
  readonly order_a?: string[];
  readonly order_b?: string[];
  readonly common?: string[];
  readonly as_is?: ReferenceArray;
  readonly after_sort_by?: ReferenceArray;
}

/** The fields of a `Result` of rsatoolbox that hold numbers. */
export type ToolboxResult = Readonly<
  Record<
    | "evaluations"
    | "noise_ceiling"
    | "variances"
    | "means"
    | "sem"
    | "p_pairwise"
    | "p_zero"
    | "p_noise",
    ReferenceArray
  >
> & {
  readonly dof: number;
  readonly all_ranksum: readonly [
    pair: ReferenceArray,
    zero: ReferenceArray,
    noise: ReferenceArray,
  ];
  readonly errorbars_ci95: readonly ReferenceArray[];
};

interface Inference {
  readonly meta: Record<"V" | "M" | "interp", ReferenceArray> & {
    readonly models: readonly ReferenceArray[];
  };
  readonly cases: readonly InferenceCase[];
}

const { meta, cases } = readReference<Inference>("./rsa/toolbox_inference.json");

/** Rows of a matrix as RDMs. */
export function rdmsOf(array: ReferenceArray, names?: string): Rdm[] {
  const [n, k] = array.shape;
  const data = numbersOf(array);
  return Array.from(
    { length: n },
    (_, i) =>
      new Rdm(data.subarray(i * k, (i + 1) * k), {
        name: names === undefined ? undefined : `${names}${i}`,
      }),
  );
}

/** Data RDMs of five subjects, three models, the parts of a weighted and of an interpolated model. */
export const V = rdmsOf(meta.V, "s");
export const models = meta.models.map((model, i) => new Rdm(numbersOf(model), { name: `m${i}` }));
export const M = rdmsOf(meta.M, "part ");
export const interp = rdmsOf(meta.interp, "step ");

export function casesOf(func: string): readonly InferenceCase[] {
  return cases.filter((c) => c.func === func);
}

export function outputOf(c: InferenceCase): ToolboxResult {
  return c.output as ToolboxResult;
}

/** Largest difference; where rsatoolbox says 0 for what is undefined, `NaN` is expected. */
export function differenceButUndefined(ours: Float64Array, theirs: Float64Array): number {
  const expected = theirs.map((value, k) => (value === 0 && Number.isNaN(ours[k]) ? NaN : value));
  return largestDifference(ours, expected);
}

export const quiet = { onProgress: false } as const;
