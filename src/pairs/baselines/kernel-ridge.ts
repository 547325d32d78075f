import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Work } from "../../core/work.ts";
import { dot } from "../../linalg/dot.ts";
import { turned } from "../pair-features.ts";
import type { PairList } from "../pair-list.ts";
import { rowMatrix, type PairModel } from "../pair-model.ts";
import { columnScale, scaleColumns } from "../standardize.ts";

/** A smooth, curved model: like training pairs predict like. */
export interface KernelRidgeOptions {
  /** Kernel ridge regression. */
  readonly model: "kernel-ridge";
  /** Weight of the penalty. Default 1. */
  readonly alpha?: number;
  /** How fast likeness falls with squared distance. Default 1 / number of columns of a pair. */
  readonly gamma?: number;
  /** Take (a, b) and (b, a) for the same pair. Default false: as concatenation does. */
  readonly symmetric?: boolean;
}

/** The residual at which the solution is taken, relative to the targets. */
const TOLERANCE = 1e-8;
const MOST_STEPS = 2000;

/**
 * Kernel ridge regression on pairs with a Gaussian kernel. The kernel of two pairs of concatenated features is the
 * product of the kernels of their images, so that nothing larger than nImages × nImages is ever made (the "vec trick":
 * Airola & Pahikkala 2018, IEEE TNNLS 29:3374). Targets are centred by their mean; else as scikit-learn's
 * `KernelRidge(kernel="rbf")` on concatenated rows.
 */
export function* fitKernelRidge(
  features: Matrix<Float64Array>,
  train: PairList,
  trainImages: Int32Array,
  options: KernelRidgeOptions,
): Work<PairModel> {
  const { alpha = 1, gamma = 1 / (2 * features.shape[1]), symmetric = false } = options;
  for (const [name, value] of Object.entries({ alpha, gamma }))
    if (!(value > 0 && value < Infinity))
      throw new InvalidArgument(name, value, "give a positive number");
  const { mean, scale } = columnScale(features, trainImages);
  const scaled = rowsAt(scaleColumns(features, { mean, scale }), trainImages);
  const place = new Map(Array.from(trainImages, (image, at) => [image, at]));
  const local = {
    i: train.i.map((image) => place.get(image) ?? 0),
    j: train.j.map((image) => place.get(image) ?? 0),
  };
  const n = trainImages.length;
  const kernel = yield* gaussian(scaled, scaled, gamma);
  const middle = train.target.reduce((sum, value) => sum + value / train.target.length, 0);
  const apply = function* (v: Float64Array): Work<Float64Array> {
    const weighted = scatter(v, turned(local), n, symmetric);
    const half = transposed(yield* times(weighted, kernel, n, n, n), n);
    return v.map((value, at) => {
      const [i, j] = [local.i[at] * n, local.j[at] * n];
      return alpha * value + dot(half.subarray(i, i + n), kernel.subarray(j, j + n));
    });
  };
  const dual = yield* conjugateGradients(
    apply,
    train.target.map((value) => value - middle),
  );
  return {
    kind: "kernel-ridge",
    settings: { alpha, gamma, symmetric },
    arrays: {
      mean: rowMatrix(mean),
      scale: rowMatrix(scale),
      images: scaled,
      dual: { data: scatter(dual, local, n, symmetric), shape: [n, n] },
      middle: rowMatrix(Float64Array.of(middle)),
    },
  };
}

export function* predictKernelRidge(
  { settings, arrays }: PairModel,
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
): Work<Float64Array> {
  const { mean, scale, images, dual, middle } = arrays;
  const scaled = scaleColumns(features, { mean: mean.data, scale: scale.data });
  const kernel = yield* gaussian(scaled, images, Number(settings.gamma));
  const [m, n] = [scaled.shape[0], images.shape[0]];
  const half = yield* times(kernel, dual.data, m, n, n);
  const whole = yield* timesTransposed(half, kernel, m, n);
  return gather(whole, pairs, m).map((value) => value + middle.data[0]);
}

/** Likeness of every row of `a` with every row of `b`. */
function* gaussian(
  a: Matrix<Float64Array>,
  b: Matrix<Float64Array>,
  gamma: number,
): Work<Float64Array> {
  const [m, d] = a.shape;
  const n = b.shape[0];
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let square = 0;
      for (let f = 0; f < d; f++) square += (a.data[i * d + f] - b.data[j * d + f]) ** 2;
      out[i * n + j] = Math.exp(-gamma * square);
    }
    yield;
  }
  return out;
}

function rowsAt({ data, shape }: Matrix<Float64Array>, places: Int32Array): Matrix<Float64Array> {
  const d = shape[1];
  const out = new Float64Array(places.length * d);
  places.forEach((from, to) => out.set(data.subarray(from * d, (from + 1) * d), to * d));
  return { data: out, shape: [places.length, d] };
}

type Places = Pick<PairList, "i" | "j">;

/** Values of pairs into an n × n matrix; a symmetric pair stands half in each place. */
function scatter(v: Float64Array, { i, j }: Places, n: number, symmetric: boolean): Float64Array {
  const out = new Float64Array(n * n);
  const share = symmetric ? 0.5 : 1;
  for (let at = 0; at < v.length; at++) {
    out[i[at] * n + j[at]] += share * v[at];
    if (symmetric) out[j[at] * n + i[at]] += share * v[at];
  }
  return out;
}

/** A symmetric matrix has the same value in both places, so that one is enough. */
function gather(matrix: Float64Array, { i, j }: Places, n: number): Float64Array {
  return Float64Array.from(i, (a, at) => matrix[a * n + j[at]]);
}

/** a (m × k) times b (k × n); zeros of `a` are skipped. */
function* times(
  a: Float64Array,
  b: Float64Array,
  m: number,
  k: number,
  n: number,
): Work<Float64Array> {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    const row = out.subarray(i * n, (i + 1) * n);
    for (let x = 0; x < k; x++) {
      const factor = a[i * k + x];
      if (factor === 0) continue;
      const other = b.subarray(x * n, (x + 1) * n);
      for (let j = 0; j < n; j++) row[j] += factor * other[j];
    }
    yield;
  }
  return out;
}

function transposed(a: Float64Array, n: number): Float64Array {
  return a.map((_, at) => a[(at % n) * n + Math.floor(at / n)]);
}

/** a (m × n) times the transpose of b (m × n). */
function* timesTransposed(
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
): Work<Float64Array> {
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let x = 0; x < n; x++) sum += a[i * n + x] * b[j * n + x];
      out[i * m + j] = sum;
    }
    yield;
  }
  return out;
}

/** Solve a symmetric positive definite system that is known by what it does to a vector. */
function* conjugateGradients(
  apply: (v: Float64Array) => Work<Float64Array>,
  target: Float64Array,
): Work<Float64Array> {
  const x = new Float64Array(target.length);
  const residual = target.slice();
  let direction = residual.slice();
  let square = dot(residual, residual);
  const goal = TOLERANCE ** 2 * square;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (square <= goal) return x;
    const image = yield* apply(direction);
    const length = square / dot(direction, image);
    for (let at = 0; at < x.length; at++) {
      x[at] += length * direction[at];
      residual[at] -= length * image[at];
    }
    const next = dot(residual, residual);
    direction = direction.map((value, at) => residual[at] + (next / square) * value);
    square = next;
  }
  throw new Unsupported(
    `kernel ridge regression did not settle in ${MOST_STEPS} steps`,
    "give a larger alpha",
  );
}
