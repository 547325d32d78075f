import { fTails } from "../f-distribution.ts";
import { normalThreshold } from "../normal-quantile.ts";
import { studentTUpperTail } from "../student-t.ts";

/** What a contrast is made of. */
export interface ContrastParts {
  readonly kind: "t" | "F";
  /** How many rows of weights. */
  readonly dim: number;
  /** dim × nSeries in C order. */
  readonly effect: Float64Array;
  readonly variance: Float64Array;
  readonly dof: number;
}

/** Nothing smaller is a probability here, as in nilearn. */
const smallestP = 1e-300;

/**
 * A contrast in every series (voxel): the effect, its variance, and the statistic with p and z. A series without any
 * noise, as a constant one, has no statistic: `NaN`.
 */
export class ContrastResult {
  readonly kind: "t" | "F";
  /** How many rows of weights: 1 for a t. */
  readonly dim: number;
  /**
   * Of a t the weighted sum of coefficients. Of an F dim × nSeries, the weighted sums without what they share,
   * (C(XᵀX)⁻¹Cᵀ)^(−½) C β, as nilearn has it.
   */
  readonly effect: Float64Array;
  /** Of the effect; of an F that of the noise. */
  readonly variance: Float64Array;
  /** Degrees of freedom: volumes less columns, added up over runs. */
  readonly dof: number;
  /** t or F. */
  readonly stat: Float64Array;

  constructor({ kind, dim, effect, variance, dof }: ContrastParts) {
    this.kind = kind;
    this.dim = dim;
    this.effect = effect;
    this.variance = variance;
    this.dof = dof;
    this.stat = kind === "t" ? tOf(effect, variance) : fOf(effect, variance, dim);
    Object.freeze(this);
  }

  /** p of a statistic at least as large: one-sided for a t. */
  get p(): Float64Array {
    return this.stat.map((stat) => this.#tails(stat).upper);
  }

  /** p of a t as far from 0 on either side; of an F its p. */
  get pTwoSided(): Float64Array {
    if (this.kind === "F") return this.p;
    return this.stat.map((stat) => {
      const { upper, lower } = this.#tails(stat);
      return Math.min(1, 2 * Math.min(upper, lower));
    });
  }

  /** The standard normal number of the same p, from the smaller tail. */
  get z(): Float64Array {
    return this.stat.map((stat) => {
      const { upper, lower } = this.#tails(stat);
      if (Number.isNaN(upper)) return NaN;
      return upper <= lower
        ? normalThreshold(Math.max(upper, smallestP))
        : -normalThreshold(Math.max(lower, smallestP));
    });
  }

  #tails(stat: number): { upper: number; lower: number } {
    if (Number.isNaN(stat)) return { upper: NaN, lower: NaN };
    if (this.kind === "F") return fTails(stat, this.dim, this.dof);
    return { upper: studentTUpperTail(stat, this.dof), lower: studentTUpperTail(-stat, this.dof) };
  }
}

function tOf(effect: Float64Array, variance: Float64Array): Float64Array {
  return effect.map((value, s) => (variance[s] > 0 ? value / Math.sqrt(variance[s]) : NaN));
}

function fOf(effect: Float64Array, variance: Float64Array, dim: number): Float64Array {
  const n = variance.length;
  return variance.map((noise, s) => {
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += effect[k * n + s] ** 2;
    return noise > 0 ? sum / dim / noise : NaN;
  });
}
