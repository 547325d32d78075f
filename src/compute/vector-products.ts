import type { JobOptions } from "../core/job.ts";
import type { Arena } from "./arena.ts";
import { computeEngine } from "./compute-engine.ts";
import { inOrder } from "./layouts.ts";
import type { Step, Steps } from "./step.ts";
import { commonLength } from "./stored-vectors.ts";

/** Values of each vector multiplied at a time; the sums of the chunks are added in order. */
const CHUNK = 2048;
/** Vectors of the left and of the right side in the memory of the kernels at once. */
const MOST_LEFT = 1024;
const MOST_RIGHT = 128;
/** Products of two numbers in a ms on one thread. */
const PRODUCTS_PER_MS = 5e6;

type Vectors = readonly Float64Array[];

/**
 * The product of each vector of a list with each of another, nA × nB in C order; of a list with itself each two are
 * multiplied once. The numbers are the same on any number of threads. Beside the input, some 20 MB are taken.
 *
 * @throws ShapeMismatch when lengths differ; Cancelled, WorkerFailed, OutOfMemory.
 */
export async function vectorProducts(
  a: Vectors,
  b: Vectors,
  job: JobOptions,
  engine = computeEngine,
): Promise<Float64Array> {
  const n = commonLength([...a, ...b]);
  const out = new Float64Array(a.length * b.length);
  for (let first = 0; first < a.length; first += MOST_LEFT) {
    const left = a.slice(first, first + MOST_LEFT);
    const right = a === b ? b.slice(0, first + left.length) : b;
    const sums = { values: out.subarray(first * b.length), rowLength: b.length };
    const { signal, jobs } = job;
    const expectedMs = (left.length * right.length * n) / PRODUCTS_PER_MS;
    await engine.use({ work: "products of vectors", signal, jobs, expectedMs }, (workspace) =>
      workspace.runSteps(productSteps(workspace, { left, right, n }, sums)),
    );
  }
  if (a === b) mirrorBelow(out, a.length);
  return out;
}

/**
 * The square of a vector, added up in the order of `vectorProducts`, so that the angle of a vector with its copy is
 * exactly 0.
 */
export function vectorSquare(vector: Float64Array): number {
  let total = 0;
  for (let from = 0; from < vector.length; from += CHUNK) {
    const to = Math.min(vector.length, from + CHUNK);
    let sum = 0;
    for (let k = from; k < to; k++) sum += vector[k] * vector[k];
    total += sum;
  }
  return total;
}

interface Sides {
  readonly left: Vectors;
  readonly right: Vectors;
  readonly n: number;
}

/** A matrix to which products are added. */
interface Sums {
  readonly values: Float64Array;
  readonly rowLength: number;
}

function* productSteps(arena: Arena, { left, right, n }: Sides, sums: Sums): Steps<void> {
  const most = Math.min(n, CHUNK);
  const height = padded(left.length);
  const panels = [0, 1].map(() => arena.allocate(MOST_RIGHT * most * 8));
  const panel = arena.allocate(height * most * 8);
  const out = arena.allocate(height * MOST_RIGHT * 8);
  for (let from = 0; from < n; from += most) {
    const count = Math.min(most, n - from);
    pack(left, from, count, arena.float64(panel, height * count));
    const packRight = (first: number): void => {
      const vectors = right.slice(first, first + MOST_RIGHT);
      const to = panels[(first / MOST_RIGHT) % 2];
      if (vectors.length > 0)
        pack(vectors, from, count, arena.float64(to, padded(vectors.length) * count));
    };
    packRight(0);
    for (let first = 0; first < right.length; first += MOST_RIGHT) {
      const width = Math.min(MOST_RIGHT, right.length - first);
      const place = { left: panel, right: panels[(first / MOST_RIGHT) % 2], out };
      yield productStep(height, padded(width), count, place, () => packRight(first + MOST_RIGHT));
      const part = arena.float64(out, height * padded(width));
      for (let row = 0; row < left.length; row++)
        for (let column = 0; column < width; column++)
          sums.values[row * sums.rowLength + first + column] += part[row * padded(width) + column];
    }
  }
}

function productStep(
  height: number,
  width: number,
  count: number,
  place: { readonly left: number; readonly right: number; readonly out: number },
  meanwhile: () => void,
): Step {
  const [aTiles, bTiles] = [height / 4, width / 4];
  return {
    kernel: "productTiles",
    params: inOrder("product", { aTiles, bTiles, count, ...place }),
    nBlocks: Math.ceil(aTiles / 8) * Math.ceil(bTiles / 8),
    options: { meanwhile, expectedMs: (height * width * count) / PRODUCTS_PER_MS },
  };
}

/** Values `from` … of vectors in panels [tile of 4 vectors][value][4]; those that fill the last tile are 0. */
function pack(vectors: Vectors, from: number, count: number, panel: Float64Array): void {
  const none = new Float64Array(count);
  for (let v = 0; v < vectors.length; v += 4) {
    const [v0, v1, v2, v3] = [0, 1, 2, 3].map((lane) =>
      v + lane < vectors.length ? vectors[v + lane].subarray(from, from + count) : none,
    );
    for (let k = 0, to = v * count; k < count; k++, to += 4) {
      panel[to] = v0[k];
      panel[to + 1] = v1[k];
      panel[to + 2] = v2[k];
      panel[to + 3] = v3[k];
    }
  }
}

/** Rounded up to whole tiles of 4. */
function padded(n: number): number {
  return Math.ceil(n / 4) * 4;
}

function mirrorBelow(square: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) square[j * n + i] = square[i * n + j];
}
