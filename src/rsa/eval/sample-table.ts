import { meanOfKnown } from "../../stats/known-scores.ts";
import type { Way } from "../eval-bootstrap.ts";
import type { EvalSamples, EvalVariances, NoiseCeiling } from "./eval-parts.ts";
import { covarianceMatrix, dualVariance, mapSpread, spreadOf, type Spread } from "./spread.ts";

/** Scores and ceilings of bootstrap samples as they come, and what follows from all. */
export class SampleTable {
  readonly #nModels: number;
  readonly #nSamples: number;
  readonly #nWays: number;
  readonly #scores: Float64Array;
  readonly #ceilings: Float64Array;
  #lost = 0;

  /** @param nWays - 1, or 3 for a dual bootstrap: both, RDMs, items. */
  constructor(nModels: number, nSamples: number, nWays: number) {
    this.#nModels = nModels;
    this.#nSamples = nSamples;
    this.#nWays = nWays;
    this.#scores = new Float64Array(nSamples * nModels * nWays).fill(NaN);
    this.#ceilings = new Float64Array(2 * nSamples * nWays).fill(NaN);
  }

  put(sample: number, way: number, scores: Float64Array, { lower, upper }: NoiseCeiling): void {
    scores.forEach((score, m) => {
      this.#scores[(sample * this.#nModels + m) * this.#nWays + way] = score;
    });
    this.#ceilings[sample * this.#nWays + way] = lower;
    this.#ceilings[(this.#nSamples + sample) * this.#nWays + way] = upper;
  }

  /** The sample has too few different items. */
  lose(sample: number): void {
    this.#lost++;
    const size = this.#nModels * this.#nWays;
    this.#scores.fill(NaN, sample * size, (sample + 1) * size);
    for (const from of [sample, this.#nSamples + sample])
      this.#ceilings.fill(NaN, from * this.#nWays, (from + 1) * this.#nWays);
  }

  notes(): string[] {
    const undefinedScores =
      this.#scores.filter(Number.isNaN).length - this.#lost * this.#nModels * this.#nWays;
    return [
      ...(this.#lost === 0
        ? []
        : [
            `${this.#lost} of ${this.#nSamples} samples had fewer than 3 different items and were left out.`,
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
    way: Way,
    nRdms: number,
    nItems: number,
  ): { samples: EvalSamples; variances: EvalVariances } {
    const ways = Array.from({ length: this.#nWays }, (_, k) => this.#columns(k));
    const spreads = ways.map(({ models, lower }) => spreadOf(models, known(lower)));
    const { models, lower, upper } = ways[0];
    const drawn = {
      items: nItems,
      rdms: nRdms,
      both: Math.min(nRdms, nItems),
      dual: Math.min(nRdms, nItems),
    };
    const n = drawn[way];
    const spread: Spread =
      way === "dual"
        ? mapSpread(spreads, dualVariance(nRdms, nItems))
        : mapSpread(spreads, (value) => (value * n) / (n - 1));
    const columns = known(lower) === undefined ? models : [...models, lower, upper];
    return {
      samples: this.#samples(),
      variances: { ...spread, covariance: covarianceMatrix(columns), dof: n - 1 },
    };
  }

  #columns(way: number) {
    const at = (values: Float64Array, step: number, from: number): Float64Array =>
      Float64Array.from(
        { length: this.#nSamples },
        (_, s) => values[(s * step + from) * this.#nWays + way],
      );
    return {
      models: Array.from({ length: this.#nModels }, (_, m) => at(this.#scores, this.#nModels, m)),
      lower: at(this.#ceilings, 1, 0),
      upper: at(this.#ceilings, 1, this.#nSamples),
    };
  }

  #samples(): EvalSamples {
    const [nSamples, nModels, nWays] = [this.#nSamples, this.#nModels, this.#nWays];
    const sampleMeans = Array.from({ length: nModels }, (_, m) =>
      Float64Array.from({ length: nSamples }, (_s, s) => {
        const from = (s * nModels + m) * nWays;
        return meanOfKnown(this.#scores.subarray(from, from + nWays));
      }),
    );
    const half = this.#ceilings.length / 2;
    const ceiling = {
      lower: meanOfKnown(this.#ceilings.subarray(0, half)),
      upper: meanOfKnown(this.#ceilings.subarray(half)),
    };
    const has = !Number.isNaN(ceiling.lower);
    return {
      scores: { data: this.#scores, shape: [nSamples, nModels, nWays] },
      means: Float64Array.from(sampleMeans, meanOfKnown),
      ceiling: has ? ceiling : undefined,
      ceilings: has ? { data: this.#ceilings, shape: [2, nSamples, nWays] } : undefined,
    };
  }
}

/** A column that has values. */
function known(column: Float64Array): Float64Array | undefined {
  return column.every(Number.isNaN) ? undefined : column;
}
