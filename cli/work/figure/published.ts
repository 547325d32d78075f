import type { Figure } from "../../../src/plot/index.ts";

/** A number that ours must agree with. */
export interface Comparison {
  readonly what: string;
  /** As it is printed where it is from: its decimals say how near ours must come. */
  readonly expected: string;
  readonly computed: number;
  /** Where a number is from that nobody published; undefined for one of the figure's own source. */
  readonly from?: string;
  /** Allowed distance beyond rounding. Default: 0. */
  readonly tolerance?: number;
}

/** A figure made again. */
export interface Reproduced {
  readonly comparisons: readonly Comparison[];
  /** Figures by the names of their files. */
  readonly figures: ReadonlyMap<string, Figure>;
}

/** A published figure that can be made again. */
export interface PublishedFigure {
  readonly name: string;
  readonly title: string;
  readonly citation: string;
  /** The data set to fetch when no folder is given; undefined when it cannot be fetched. */
  readonly dataSet: string | undefined;
  /** Which files a given folder must have. */
  readonly needs: string;
  readonly reproduce: (folder: string) => Promise<Reproduced>;
}

/** Whether a computed number is the expected one, as far as that was printed. */
export function agrees({ expected, computed, tolerance = 0 }: Comparison): boolean {
  const value = Number(expected);
  const [, decimals = "", exponent = "0"] = /\.(\d+)(?:e([-+]?\d+))?$/i.exec(expected) ?? [];
  const half = 0.5 * 10 ** (Number(exponent) - decimals.length);
  // Printed to full precision, half a unit of the last decimal is less than the rounding of the number itself.
  return Math.abs(value - computed) <= half + tolerance + 8 * Number.EPSILON * Math.abs(value);
}
