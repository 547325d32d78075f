import { meanOfKnown } from "../../stats/known-scores.ts";
import type { Resampling } from "./draws.ts";
import type { EvalSamples, EvalVariances, NoiseCeiling } from "./eval-parts.ts";
import { covarianceMatrix, dualVariance, mapSpread, spreadOf, type Spread } from "./spread.ts";

/** Scores and ceilings of bootstrap samples as they come, and what follows from all. */
export class SampleTable {
  readonly #nModels: number;
  readonly #nSamples: number;
  readonly #nValues: number;
  readonly #scores: Float64Array;
  readonly #ceilings: Float64Array;
  readonly #leftOut = new Set<number>();

  /** @param nValues - 1, or 3 for a dual bootstrap: both, RDMs, items. */
  constructor(nModels: number, nSamples: number, nValues: number) {
    this.#nModels = nModels;
    this.#nSamples = nSamples;
    this.#nValues = nValues;
    this.#scores = new Float64Array(nSamples * nModels * nValues).fill(NaN);
    this.#ceilings = new Float64Array(2 * nSamples * nValues).fill(NaN);
  }

  enter(sample: number, value: number, scores: Float64Array, { lower, upper }: NoiseCeiling): void {
    scores.forEach((score, m) => {
      this.#scores[(sample * this.#nModels + m) * this.#nValues + value] = score;
    });
    this.#ceilings[sample * this.#nValues + value] = lower;
    this.#ceilings[(this.#nSamples + sample) * this.#nValues + value] = upper;
  }

  /** The sample has too few different items. */
  leaveOut(sample: number): void {
    this.#leftOut.add(sample);
    const size = this.#nModels * this.#nValues;
    this.#scores.fill(NaN, sample * size, (sample + 1) * size);
    for (const from of [sample, this.#nSamples + sample])
      this.#ceilings.fill(NaN, from * this.#nValues, (from + 1) * this.#nValues);
  }

  /** Numbers of a row: scores, ceilings, and whether the sample was left out. */
  static rowLength(nModels: number, nValues: number): number {
    return (nModels + 2) * nValues + 1;
  }

  /** A sample as a row of numbers. */
  row(sample: number): Float64Array {
    const size = this.#nModels * this.#nValues;
    const row = new Float64Array(SampleTable.rowLength(this.#nModels, this.#nValues));
    row.set(this.#scores.subarray(sample * size, (sample + 1) * size));
    [sample, this.#nSamples + sample].forEach((from, k) => {
      const part = this.#ceilings.subarray(from * this.#nValues, (from + 1) * this.#nValues);
      row.set(part, size + k * this.#nValues);
    });
    row[row.length - 1] = this.#leftOut.has(sample) ? 1 : 0;
    return row;
  }

  /** Take a sample from its row. */
  enterRow(sample: number, row: Float64Array): void {
    const size = this.#nModels * this.#nValues;
    if (row[row.length - 1] === 1) return this.leaveOut(sample);
    this.#scores.set(row.subarray(0, size), sample * size);
    [sample, this.#nSamples + sample].forEach((to, k) => {
      const from = size + k * this.#nValues;
      this.#ceilings.set(row.subarray(from, from + this.#nValues), to * this.#nValues);
    });
  }

  notes(): string[] {
    const undefinedScores =
      this.#scores.filter(Number.isNaN).length - this.#leftOut.size * this.#nModels * this.#nValues;
    return [
      ...(this.#leftOut.size === 0
        ? []
        : [
            `${this.#leftOut.size} of ${this.#nSamples} samples had fewer than 3 different items and were left out.`,
          ]),
      ...(undefinedScores === 0
        ? []
        : [
            `${undefinedScores} of ${this.#scores.length} scores of samples are undefined (something was constant there) and were left out.`,
          ]),
    ];
  }

  /** Means and variances of all samples. */
  result(
    resampling: Resampling,
    nRdms: number,
    nItems: number,
  ): { samples: EvalSamples; variances: EvalVariances } {
    const ofValues = Array.from({ length: this.#nValues }, (_, k) => this.#columns(k));
    const spreads = ofValues.map(({ models, lower }) => spreadOf(models, known(lower)));
    const { models, lower, upper } = ofValues[0];
    const drawn = {
      items: nItems,
      rdms: nRdms,
      both: Math.min(nRdms, nItems),
      dual: Math.min(nRdms, nItems),
    };
    const n = drawn[resampling];
    const spread: Spread =
      resampling === "dual"
        ? mapSpread(spreads, dualVariance(nRdms, nItems))
        : mapSpread(spreads, (value) => (value * n) / (n - 1));
    const columns = known(lower) === undefined ? models : [...models, lower, upper];
    return {
      samples: this.#samples(),
      variances: { ...spread, covariance: covarianceMatrix(columns), dof: n - 1 },
    };
  }

  #columns(value: number) {
    const at = (values: Float64Array, step: number, from: number): Float64Array =>
      Float64Array.from(
        { length: this.#nSamples },
        (_, s) => values[(s * step + from) * this.#nValues + value],
      );
    return {
      models: Array.from({ length: this.#nModels }, (_, m) => at(this.#scores, this.#nModels, m)),
      lower: at(this.#ceilings, 1, 0),
      upper: at(this.#ceilings, 1, this.#nSamples),
    };
  }

  #samples(): EvalSamples {
    const [nSamples, nModels, nValues] = [this.#nSamples, this.#nModels, this.#nValues];
    const sampleMeans = Array.from({ length: nModels }, (_, m) =>
      Float64Array.from({ length: nSamples }, (_s, s) => {
        const from = (s * nModels + m) * nValues;
        return meanOfKnown(this.#scores.subarray(from, from + nValues));
      }),
    );
    const half = this.#ceilings.length / 2;
    const ceiling = {
      lower: meanOfKnown(this.#ceilings.subarray(0, half)),
      upper: meanOfKnown(this.#ceilings.subarray(half)),
    };
    const has = !Number.isNaN(ceiling.lower);
    return {
      scores: { data: this.#scores, shape: [nSamples, nModels, nValues] },
      means: Float64Array.from(sampleMeans, meanOfKnown),
      ceiling: has ? ceiling : undefined,
      ceilings: has ? { data: this.#ceilings, shape: [2, nSamples, nValues] } : undefined,
    };
  }
}

/** A column that has values. */
function known(column: Float64Array): Float64Array | undefined {
  return column.every(Number.isNaN) ? undefined : column;
}
