import { InvalidArgument } from "../../core/errors.ts";
import { meanOfKnown } from "../../stats/known-scores.ts";
import type { EvalSamples, EvalVariances, Resampled } from "./eval-parts.ts";
import { covarianceMatrix, mapSpread, spreadOf, type Spread } from "./spread.ts";

/** How many numbers a sample has. */
export interface RowSizes {
  readonly nModels: number;
  readonly nFolds: number;
  readonly nRepeats: number;
}

/** Scores and ceilings of bootstrap samples, each split several times into folds. */
export class CrossvalSamples {
  readonly #nModels: number;
  readonly #nSamples: number;
  readonly #nFolds: number;
  readonly #nRepeats: number;
  /** nSamples × nModels × (repeats × folds). */
  readonly #scores: Float64Array;
  /** 2 × nSamples × (repeats × folds). */
  readonly #ceilings: Float64Array;
  readonly #leftOut = new Set<number>();

  constructor(nModels: number, nSamples: number, nFolds: number, nRepeats: number) {
    if (!Number.isInteger(nRepeats) || nRepeats < 1)
      throw new InvalidArgument("repeats", nRepeats, "give a whole number, 2 or more");
    this.#nModels = nModels;
    this.#nSamples = nSamples;
    this.#nFolds = nFolds;
    this.#nRepeats = nRepeats;
    this.#scores = new Float64Array(nSamples * nModels * nRepeats * nFolds).fill(NaN);
    this.#ceilings = new Float64Array(2 * nSamples * nRepeats * nFolds).fill(NaN);
  }

  get #nValues(): number {
    return this.#nRepeats * this.#nFolds;
  }

  /** A row without scores yet: of each repeat and fold those of the models and the ceiling, then whether it is left out. */
  static newRow({ nModels, nFolds, nRepeats }: RowSizes): Float64Array {
    const row = new Float64Array(nRepeats * nFolds * (nModels + 2) + 1).fill(NaN);
    row[row.length - 1] = 0;
    return row;
  }

  /** Take a sample from its row; one with too few different items or RDMs to split is counted as left out. */
  enterRow(sample: number, row: Float64Array): void {
    const width = this.#nModels + 2;
    for (let value = 0; value < this.#nValues; value++) {
      const found = row.subarray(value * width, (value + 1) * width);
      for (let m = 0; m < this.#nModels; m++)
        this.#scores[(sample * this.#nModels + m) * this.#nValues + value] = found[m];
      this.#ceilings[sample * this.#nValues + value] = found[width - 2];
      this.#ceilings[(this.#nSamples + sample) * this.#nValues + value] = found[width - 1];
    }
    if (row[row.length - 1] === 1) this.#leftOut.add(sample);
  }

  get nLeftOut(): number {
    return this.#leftOut.size;
  }

  notes(): string[] {
    const size = this.#nModels * this.#nValues;
    const undefinedScores = this.#scores.filter(Number.isNaN).length - this.#leftOut.size * size;
    return [
      ...(this.#leftOut.size === 0
        ? []
        : [
            `${this.#leftOut.size} of ${this.#nSamples} samples had too few different items or data RDMs to be split and were left out (${Math.round((100 * this.#leftOut.size) / this.#nSamples)} %): those that stay are not all that a bootstrap draws; split into fewer parts (kItems, kRdms) or test fewer at once (testItems, testRdms).`,
          ]),
      ...(undefinedScores === 0
        ? []
        : [
            `${undefinedScores} of ${this.#scores.length} scores of folds are undefined (something was constant there) and were left out.`,
          ]),
    ];
  }

  /** Means and variances of all samples. */
  result(
    resampled: Resampled,
    nRdms: number,
    nItems: number,
  ): { samples: EvalSamples; variances: EvalVariances } {
    const n = { items: nItems, rdms: nRdms, both: Math.min(nRdms, nItems) }[resampled];
    const { models, lower, upper } = this.#columns();
    const together = spreadOf(models, lower);
    const spread = mapSpread(
      [together, ...this.#spreads()],
      (all, ...each) => (this.#corrected(all, each) * n) / (n - 1),
    );
    const shape = [this.#nSamples, this.#nModels, this.#nValues];
    const [low, high] = [lower, upper].map((column) => column && meanOfKnown(column));
    const has = low !== undefined && high !== undefined;
    const columns = lower === undefined || upper === undefined ? models : [...models, lower, upper];
    return {
      samples: {
        scores: { data: this.#scores, shape },
        means: Float64Array.from(models, meanOfKnown),
        ceiling: has ? { lower: low, upper: high } : undefined,
        ceilings: has
          ? { data: this.#ceilings, shape: [2, this.#nSamples, this.#nValues] }
          : undefined,
      },
      variances: { ...spread, covariance: covarianceMatrix(columns), dof: n - 1 },
    };
  }

  /** From one split and from the mean of several to the mean of as many as one likes. */
  #corrected(together: number, each: readonly number[]): number {
    const k = this.#nRepeats;
    return k === 1 ? together : (k * together - meanOfKnown(each)) / (k - 1);
  }

  #spreads(): Spread[] {
    return Array.from({ length: this.#nRepeats }, (_, repeat) => {
      const { models, lower } = this.#columns(repeat);
      return spreadOf(models, lower);
    });
  }

  /** Means of samples over all folds, of one repeat or of all. */
  #columns(repeat?: number) {
    const from = repeat === undefined ? 0 : repeat * this.#nFolds;
    const to = repeat === undefined ? this.#nValues : from + this.#nFolds;
    const column = (values: Float64Array, step: number, first: number): Float64Array =>
      Float64Array.from({ length: this.#nSamples }, (_, s) => {
        const at = (s * step + first) * this.#nValues;
        return meanOfKnown(values.subarray(at + from, at + to));
      });
    const known = (values: Float64Array) => (values.every(Number.isNaN) ? undefined : values);
    return {
      models: Array.from({ length: this.#nModels }, (_, m) =>
        column(this.#scores, this.#nModels, m),
      ),
      lower: known(column(this.#ceilings, 1, 0)),
      upper: known(column(this.#ceilings, 1, this.#nSamples)),
    };
  }
}
