/** A regression by its products: features with features (p × p) and with the target, over n centred rows. */
export interface PathProblem {
  readonly gram: Float64Array;
  readonly products: Float64Array;
  readonly nRows: number;
}

/** Where a path goes and where it ends. */
export interface PathOptions {
  readonly alphaMin: number;
  readonly maxIterations: number;
  /** Coefficients that would change sign leave; without it least-angle regression. */
  readonly lasso: boolean;
  /** Coefficients are 0 or more. */
  readonly positive: boolean;
}

/** The nodes of a path, from no coefficient on; coefficients are straight lines in alpha between them. */
export interface LarsPath {
  readonly alphas: number[];
  readonly coefs: Float64Array[];
  /** Features that have a coefficient at the end, in the order they came. */
  readonly active: number[];
}

/** What scikit-learn calls equal: the float32 epsilon. */
const EQUAL = 2 ** -23;
const TINY = 1.1754943508222875e-38;
const NONE = 3.4028234663852886e38;
const DEGENERATE = 1e-7;

/** Least angles as scikit-learn's `lars_path` takes them, with its tolerances, its rounding and its order of ties. */
export function larsPath(problem: PathProblem, options: PathOptions): LarsPath {
  const walk = new Walk(problem, options);
  while (walk.step());
  return walk.path;
}

class Walk {
  readonly path: LarsPath = { alphas: [], coefs: [], active: [] };
  readonly #problem: PathProblem;
  readonly #options: PathOptions;
  /** Active features first, then the others in the order in which ties are broken. */
  readonly #order: Int32Array;
  readonly #covariances: Float64Array;
  readonly #factor: number[][] = [];
  readonly #signs: number[] = [];
  #coef: Float64Array;
  #dropped = false;

  constructor(problem: PathProblem, options: PathOptions) {
    const p = problem.products.length;
    this.#problem = problem;
    this.#options = options;
    this.#order = Int32Array.from({ length: p }, (_, i) => i);
    this.#covariances = problem.products.slice();
    this.#coef = new Float64Array(p);
  }

  /** One node; false at the end of the path. */
  step(): boolean {
    const { alphas, coefs, active } = this.path;
    const { alphaMin, maxIterations, lasso } = this.#options;
    const chosen = this.#choose();
    const k = alphas.length;
    const covariance = chosen < 0 ? 0 : this.#covariances[this.#order[chosen]];
    const size = this.#options.positive ? covariance : Math.abs(covariance);
    const alpha = size / this.#problem.nRows;
    if (alpha <= alphaMin + EQUAL) {
      this.#finish(alpha);
      return false;
    }
    const full = k >= maxIterations || active.length >= this.#order.length;
    if (!full && !this.#dropped && !this.#enter(chosen, covariance)) return true;
    alphas.push(alpha);
    coefs.push(this.#coef);
    if (full || (lasso && k > 0 && alphas[k - 1] < alpha)) return false;
    this.#advance(size);
    return true;
  }

  /** Place in the order of the largest covariance that is not active; the first of equals. */
  #choose(): number {
    const { positive } = this.#options;
    let best = -1;
    let most = -Infinity;
    for (let at = this.path.active.length; at < this.#order.length; at++) {
      const covariance = this.#covariances[this.#order[at]];
      const size = positive ? covariance : Math.abs(covariance);
      if (size > most) [best, most] = [at, size];
    }
    return best;
  }

  #finish(alpha: number): void {
    const { alphas, coefs } = this.path;
    const { alphaMin } = this.#options;
    const k = alphas.length;
    const apart = Math.abs(alpha - alphaMin) > EQUAL;
    if (apart && k > 0) {
      const [before, previous] = [alphas[k - 1], coefs[k - 1]];
      const part = (before - alphaMin) / (before - alpha);
      const coef = this.#coef;
      this.#coef = previous.map((value, j) => value + part * (coef[j] - value));
    }
    alphas.push(apart ? alphaMin : alpha);
    coefs.push(this.#coef);
  }

  /** Take a feature in; false when it is a combination of those that are in, and then it never comes again. */
  #enter(chosen: number, covariance: number): boolean {
    const { gram, products } = this.#problem;
    const { active } = this.path;
    const [m, order] = [active.length, this.#order];
    [order[chosen], order[m]] = [order[m], order[chosen]];
    const feature = order[m];
    const row = this.#factorRow(feature, m);
    let squares = 0;
    for (const value of row) squares += value * value;
    const diagonal = gram[feature * products.length + feature];
    const pivot = Math.max(Math.sqrt(Math.abs(diagonal - squares)), Number.EPSILON);
    if (pivot < DEGENERATE) {
      this.#covariances[feature] = 0;
      [order[chosen], order[m]] = [order[m], order[chosen]];
      return false;
    }
    this.#factor[m] = [...row, pivot];
    this.#signs[m] = this.#options.positive ? 1 : Math.sign(covariance);
    active.push(feature);
    return true;
  }

  #factorRow(feature: number, m: number): number[] {
    const { gram, products } = this.#problem;
    const row: number[] = [];
    for (let i = 0; i < m; i++) {
      let value = gram[feature * products.length + this.path.active[i]];
      for (let k = 0; k < i; k++) value -= this.#factor[i][k] * row[k];
      row.push(value / this.#factor[i][i]);
    }
    return row;
  }

  #advance(size: number): void {
    const { gram, products } = this.#problem;
    const { active } = this.path;
    const p = products.length;
    const { weights, scale } = this.#direction();
    const along = new Float64Array(p);
    active.forEach((feature, i) => {
      for (let j = 0; j < p; j++) along[j] += weights[i] * gram[feature * p + j];
    });
    for (let j = 0; j < p; j++) along[j] = nearest(along[j] * 1e15) / 1e15;
    const { gamma, crossing } = this.#stepLength(size, scale, along, weights);
    const previous = this.#coef;
    this.#coef = new Float64Array(p);
    active.forEach((feature, i) => {
      this.#coef[feature] = previous[feature] + gamma * weights[i];
    });
    for (let j = 0; j < p; j++) this.#covariances[j] -= gamma * along[j];
    this.#dropped = crossing.length > 0;
    if (this.#dropped && this.#options.lasso) this.#leave(crossing);
  }

  /** The direction of equal angles with all active features, of length 1 for the fit. */
  #direction(): { weights: number[]; scale: number } {
    const m = this.path.active.length;
    const signs = this.#signs.slice(0, m);
    const total = (values: number[]): number => {
      let sum = 0;
      for (let i = 0; i < m; i++) sum += values[i] * signs[i];
      return sum;
    };
    let weights = solve(this.#factor, signs);
    let scale = 1 / Math.sqrt(total(weights));
    const loaded = Number.isFinite(scale) ? [] : this.#factor.slice(0, m).map((row) => [...row]);
    for (let i = 0; !Number.isFinite(scale); i++) {
      loaded.forEach((row, at) => (row[at] += 2 ** i * Number.EPSILON));
      weights = solve(loaded, signs);
      scale = 1 / Math.sqrt(Math.max(total(weights), Number.EPSILON));
    }
    return { weights: weights.map((value) => value * scale), scale };
  }

  /** How far until another feature correlates as much, or a coefficient reaches 0; and which do, the last first. */
  #stepLength(
    size: number,
    scale: number,
    along: Float64Array,
    weights: readonly number[],
  ): { gamma: number; crossing: number[] } {
    const { positive, lasso } = this.#options;
    const { active } = this.path;
    let gamma = Math.min(NONE, size / scale);
    for (let at = active.length; at < this.#order.length; at++) {
      const j = this.#order[at];
      const covariance = this.#covariances[j];
      const near = (size - covariance) / (scale - along[j] + TINY);
      if (near > 0 && near < gamma) gamma = near;
      const far = (size + covariance) / (scale + along[j] + TINY);
      if (!positive && far > 0 && far < gamma) gamma = far;
    }
    const zeros = weights.map((weight, i) => -this.#coef[active[i]] / (weight + TINY));
    const first = zeros.reduce((least, z) => (z > 0 && z < least ? z : least), NONE);
    if (!(first < gamma)) return { gamma, crossing: [] };
    const crossing = [...zeros.keys()].filter((i) => zeros[i] === first).reverse();
    for (const i of crossing) this.#signs[i] = -this.#signs[i];
    return { gamma: lasso ? first : gamma, crossing };
  }

  #leave(crossing: readonly number[]): void {
    const { gram, products } = this.#problem;
    const { active } = this.path;
    const p = products.length;
    for (const i of crossing) {
      const [feature] = active.splice(i, 1);
      this.#signs.splice(i, 1);
      // It becomes the first of those that are not active.
      this.#order.copyWithin(i, i + 1, active.length + 1);
      this.#order[active.length] = feature;
      let covariance = products[feature];
      for (let j = 0; j < p; j++) covariance -= gram[feature * p + j] * this.#coef[j];
      this.#covariances[feature] = covariance;
    }
    for (let m = 0; m < active.length; m++) {
      const row = this.#factorRow(active[m], m);
      let squares = 0;
      for (const value of row) squares += value * value;
      const diagonal = gram[active[m] * p + active[m]];
      this.#factor[m] = [...row, Math.max(Math.sqrt(Math.abs(diagonal - squares)), Number.EPSILON)];
    }
  }
}

/** Solve F Fᵀ x = b with F lower triangular. */
function solve(factor: readonly (readonly number[])[], right: readonly number[]): number[] {
  const x = [...right];
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i][k] * x[k];
    x[i] /= factor[i][i];
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i] -= factor[k][i] * x[k];
    x[i] /= factor[i][i];
  }
  return x;
}

/** The nearest whole number, halves to even, as the processor rounds. */
function nearest(value: number): number {
  if (!(Math.abs(value) < 2 ** 52)) return value;
  const whole = value < 0 ? value - 2 ** 52 + 2 ** 52 : value + 2 ** 52 - 2 ** 52;
  return whole === 0 && value < 0 ? -0 : whole;
}
