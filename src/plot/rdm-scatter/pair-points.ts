/** The pairs of items of two RDMs. */
export interface PairPoints {
  readonly name: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Whether both items are of one category; undefined: categories were not given. */
  readonly within: readonly boolean[] | undefined;
  readonly pairs: readonly (readonly [string, string])[];
  /** Pairs that are missing in one of the two. */
  readonly nLeftOut: number;
  readonly identity: boolean;
}

/** More points than this cover each other: they are counted in hexagons. */
export const MOST_DOTS = 5000;

/** Colours of pairs within and between categories. */
export const WITHIN = "#d55e00";
export const BETWEEN = "#0072b2";
