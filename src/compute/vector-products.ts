import type { JobOptions } from "../core/job.ts";
import type { Arena } from "./arena.ts";
import { computeEngine } from "./compute-engine.ts";
import { PRODUCTS_PER_MS, timesRight, type RightSide } from "./matrix-product.ts";
import type { Steps } from "./step.ts";
import { commonLength } from "./stored-vectors.ts";

/** Values of each vector multiplied at a time; the sums of the chunks are added in order. */
const CHUNK = 2048;
/** Vectors of the left side in the memory of the kernels at once. */
const MOST_LEFT = 1024;

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
  const nTiles = Math.ceil(left.length / 4);
  for (let from = 0; from < n; from += CHUNK) {
    const count = Math.min(CHUNK, n - from);
    const mark = arena.mark();
    const address = arena.allocate(nTiles * 32 * count);
    pack(left, from, count, arena.float64(address, nTiles * 4 * count));
    const columns: RightSide = {
      nColumns: right.length,
      pack: (first, last, panel) => pack(right.slice(first, last), from, count, panel),
    };
    yield* timesRight(
      arena,
      { address, nTiles, nColumns: count },
      columns,
      (part, rowLength, first, last) => {
        for (let row = 0; row < left.length; row++)
          for (let column = first; column < last; column++)
            sums.values[row * sums.rowLength + column] += part[row * rowLength + column - first];
      },
    );
    arena.release(mark);
  }
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

function mirrorBelow(square: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) square[j * n + i] = square[i * n + j];
}
