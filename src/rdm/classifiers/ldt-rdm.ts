import { InvalidArgument } from "../../core/errors.ts";
import { cells } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { cholesky, solveCholesky } from "../../linalg/cholesky.ts";
import { dot } from "../../linalg/dot.ts";
import { ledoitWolfToDiagonal } from "../../stats/covariance/shrink.ts";
import { productSums } from "../../stats/covariance/sums.ts";
import { alignByLabel } from "../../table/align.ts";
import type { Cell } from "../../table/columns.ts";
import { Rdm } from "../rdm.ts";
import { checkedTrials } from "./checked-trials.ts";
import { meanPatternOf } from "./two-class.ts";

/** What {@link ldtRdm} takes. */
export interface LdtRdmOptions {
  /** The item of each trial. */
  readonly labels: ArrayLike<Cell>;
  /** The half of each trial: one of two values. */
  readonly halves: ArrayLike<Cell>;
  /** The items in the order wanted; default: the distinct labels, sorted. */
  readonly items?: readonly string[];
}

const ldtRdmNames: OptionNames<LdtRdmOptions> = { labels: cells, halves: cells, items: true };

/**
 * LD-t (Nili et al. 2014): for each two items the discriminant of one half (its residuals' covariance, shrunk to the
 * diagonal by Ledoit and Wolf, divided by rows − 1) makes a contrast in the other, whose t is the dissimilarity; mean of both directions. 0 by
 * chance, also below.
 *
 * @param trials - nTrials × nFeatures, every item two times or more in each half.
 * @throws InvalidArgument for other than two halves, and an item that one lacks; ShapeMismatch; ItemMismatch.
 * @example
 * import { ldtRdm, random } from "tsrsa";
 * const rng = random(1);
 * const labels = Array.from({ length: 24 }, (_, at) => ["a", "b"][at % 2]);
 * const halves = Array.from({ length: 24 }, (_, at) => (at < 12 ? "odd" : "even"));
 * const trials = labels.map((label) => [rng.normal() + (label === "a" ? 9 : 0), rng.normal()]);
 * ldtRdm(trials, { labels, halves }).between("a", "b") > 5; // true
 */
export function ldtRdm(trials: MatrixLike, options: LdtRdmOptions): Rdm {
  checkOptions(options, ldtRdmNames);
  const { labels, halves } = options;
  const { data, shape } = checkedTrials(trials, { labels, halves });
  const distinct = [...new Set(Array.from(halves, String))];
  if (distinct.length !== 2)
    throw new InvalidArgument(
      "halves",
      `${distinct.length} different values`,
      "give two: one for each half",
    );
  const { items, index } = alignByLabel(labels, options.items, {
    unknown: options.items === undefined ? "error" : "drop",
  });
  const sides = distinct.map((name) =>
    sideOf(data, shape[1], items, index, (row) => String(halves[row]) === name, name),
  );
  const [ab, ba] = [contrasts(sides[0], sides[1]), contrasts(sides[1], sides[0])];
  return new Rdm(
    ab.map((t, pair) => (t + ba[pair]) / 2),
    { items, metric: "LD-t" },
  );
}

/** What one half says: means, counts, residuals. */
interface HalfTrials {
  readonly means: readonly Float64Array[];
  readonly counts: readonly number[];
  /** nTrials × nFeatures without the mean of their item. */
  readonly residuals: readonly Float64Array[];
}

function sideOf(
  data: Float64Array,
  nFeatures: number,
  items: readonly string[],
  index: Int32Array,
  inside: (row: number) => boolean,
  name: string,
): HalfTrials {
  const rows = items.map((_, item) =>
    Array.from(index.keys()).filter((row) => index[row] === item && inside(row)),
  );
  const few = rows.findIndex((own) => own.length < 2);
  if (few !== -1)
    throw new InvalidArgument(
      `half ${name}`,
      `${rows[few].length} trials of ${items[few]}`,
      "every item needs two or more in each half",
    );
  const means = rows.map((own) => meanPatternOf(data, nFeatures, own));
  return {
    means,
    counts: rows.map((own) => own.length),
    residuals: rows.flatMap((own, item) =>
      own.map((row) => means[item].map((mean, f) => data[row * nFeatures + f] - mean)),
    ),
  };
}

/** t in the second half of the discriminant of the first, for each two items. */
function contrasts(trained: HalfTrials, tested: HalfTrials): Float64Array {
  const n = trained.means.length;
  const out = new Float64Array((n * (n - 1)) / 2).fill(NaN);
  if (trained.residuals.some((row) => row.some(Number.isNaN))) return out;
  const p = trained.means[0].length;
  const [nRows, rows] = [trained.residuals.length, new Float64Array(trained.residuals.length * p)];
  trained.residuals.forEach((row, at) => rows.set(row, at * p));
  const sums = { ...productSums(rows, p), n: nRows, p, dof: nRows - 1 };
  const factor = cholesky(ledoitWolfToDiagonal(sums), p);
  if (factor === undefined) return out;
  const dof = tested.residuals.length - n;
  for (let i = 0, pair = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, pair++) {
      const between = (half: HalfTrials): Float64Array =>
        half.means[i].map((value, f) => value - half.means[j][f]);
      const weights = solveCholesky(factor, between(trained));
      const noise = tested.residuals.reduce((sum, row) => sum + dot(weights, row) ** 2, 0) / dof;
      const spread = noise * (1 / tested.counts[i] + 1 / tested.counts[j]);
      out[pair] = spread > 0 ? dot(weights, between(tested)) / Math.sqrt(spread) : NaN;
    }
  return out;
}
