import type { Figure } from "../../../src/plot/index.ts";

/** A number of ours beside one that it must agree with, where there is one. */
export interface Comparison {
  readonly what: string;
  /** As it is printed where it is from: its decimals say how near ours must come; undefined where nobody printed one. */
  readonly expected?: string;
  /** Undefined where it could not be computed: `missing` says why. */
  readonly computed: number | undefined;
  /** What is not here that the number needs, and how to get it. */
  readonly missing?: string;
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
  /** Whether a given folder may have another layout than the data set: the figure finds its files by itself. */
  readonly anyLayout?: true;
  /** Which files a given folder must have. */
  readonly needs: string;
  /** What the reader must know of the published numbers. */
  readonly note?: string;
  readonly reproduce: (folder: string) => Promise<Reproduced>;
}

/** What came of a comparison. A number that nobody published, or one of invented data, is held beside none. */
export type Verdict = "agrees" | "differs" | "not computed" | "not compared";

/** Whether a number of ours agrees with the expected one; those of demo data are compared with none. */
export function verdictOf(comparison: Comparison, kind: "real" | "demo"): Verdict {
  if (comparison.computed === undefined) return "not computed";
  if (kind === "demo" || comparison.expected === undefined) return "not compared";
  return agrees(comparison) ? "agrees" : "differs";
}

/** Whether a computed number is the expected one, as far as that was printed. */
export function agrees({ expected, computed, tolerance = 0 }: Comparison): boolean {
  if (expected === undefined || computed === undefined) return false;
  const value = Number(expected);
  const [, decimals = "", exponent = "0"] = /\.(\d+)(?:e([-+]?\d+))?$/i.exec(expected) ?? [];
  const half = 0.5 * 10 ** (Number(exponent) - decimals.length);
  // Printed to full precision, half a unit of the last decimal is less than the rounding of the number itself.
  return Math.abs(value - computed) <= half + tolerance + 8 * Number.EPSILON * Math.abs(value);
}
