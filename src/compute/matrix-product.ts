import type { JobOptions } from "../core/job.ts";
import type { Arena } from "./arena.ts";
import { computeEngine } from "./compute-engine.ts";
import { inOrder } from "./layouts.ts";
import { packColumns, packRows, PACKED_AT_ONCE, type Panels } from "./panels.ts";
import { runSync } from "./run-sync.ts";
import type { Steps } from "./step.ts";

/** Products of two numbers in a ms on one thread. */
export const PRODUCTS_PER_MS = 5e6;
/** Numbers of a result held in the memory of the kernels at once. */
const RESULT_AT_ONCE = 2 ** 20;

/** The right side of a product: `nColumns` of the result, packed some at a time into panels [tile of 4][k][4]. */
export interface RightSide {
  readonly nColumns: number;
  pack(from: number, to: number, panel: Float64Array): void;
}

/** Takes columns `from` to `to` of a result: its rows, `rowLength` apart. */
export type TakePart = (part: Float64Array, rowLength: number, from: number, to: number) => void;

/** The product of a matrix in panels with others, some columns at a time. The numbers are the same on any number of threads. */
export function* timesRight(
  arena: Arena,
  left: Panels,
  right: RightSide,
  take: TakePart,
): Steps<void> {
  const mark = arena.mark();
  const { nTiles, nColumns: k } = left;
  const most = Math.min(PACKED_AT_ONCE / k, RESULT_AT_ONCE / (4 * nTiles));
  const width = Math.min(Math.max(32, most & ~31), Math.ceil(right.nColumns / 4) * 4);
  const panels = [arena.allocate(k * width * 8), arena.allocate(k * width * 8)];
  const out = arena.allocate(nTiles * 32 * width);
  const pack = (from: number): void => {
    const to = Math.min(right.nColumns, from + width);
    const panel = panels[(from / width) % 2];
    if (from < to) right.pack(from, to, arena.float64(panel, k * width));
  };
  pack(0);
  for (let from = 0; from < right.nColumns; from += width) {
    const to = Math.min(right.nColumns, from + width);
    const bTiles = Math.ceil((to - from) / 4);
    const panel = panels[(from / width) % 2];
    yield {
      kernel: "productTiles",
      params: inOrder("product", {
        aTiles: nTiles,
        bTiles,
        count: k,
        left: left.address,
        right: panel,
        out,
      }),
      nBlocks: Math.ceil(nTiles / 8) * Math.ceil(bTiles / 8),
      options: {
        meanwhile: () => pack(from + width),
        expectedMs: (16 * nTiles * bTiles * k) / PRODUCTS_PER_MS,
      },
    };
    take(arena.float64(out, nTiles * 16 * bTiles), bTiles * 4, from, to);
  }
  arena.release(mark);
}

/** A matrix with its sizes; the right side may be given turned, `nColumns` × `nRows`. */
export interface Factors {
  readonly left: Float64Array;
  readonly nRows: number;
  /** Columns of the left, rows of the right. */
  readonly k: number;
  readonly right: Float64Array;
  readonly nColumns: number;
  readonly turned?: boolean;
}

/** The product of two matrices, nRows × nColumns, on all threads. Throws `Cancelled`, `WorkerFailed`, `OutOfMemory`. */
export function matrixProduct(
  factors: Factors,
  job: JobOptions & { readonly onDone?: (share: number) => void } = {},
  engine = computeEngine,
): Promise<Float64Array> {
  const expectedMs = (factors.nRows * factors.nColumns * factors.k) / PRODUCTS_PER_MS;
  return engine.use({ work: "a matrix product", ...job, expectedMs }, (workspace) =>
    workspace.runSteps(productSteps(workspace, factors, job.onDone)),
  );
}

/** The same on the calling thread, now. */
export function matrixProductSync(factors: Factors): Float64Array {
  return runSync((arena) => productSteps(arena, factors));
}

/** Take a product off a matrix of its size, in place and on all threads: no product is held. Throws as {@link matrixProduct}. */
export function lessProduct(
  target: Float64Array,
  factors: Factors,
  job: Pick<JobOptions, "signal" | "jobs"> = {},
  engine = computeEngine,
): Promise<void> {
  const { nRows, nColumns, k } = factors;
  const expectedMs = (nRows * nColumns * k) / PRODUCTS_PER_MS;
  const { signal, jobs } = job;
  return engine.use({ work: "a matrix product", signal, jobs, expectedMs }, (workspace) =>
    workspace.runSteps(
      eachPart(workspace, factors, (part, at, first, last) => {
        for (let c = first; c < last; c++) target[at + c] -= part[c - first];
      }),
    ),
  );
}

function* productSteps(
  arena: Arena,
  factors: Factors,
  onDone?: (share: number) => void,
): Steps<Float64Array> {
  const out = new Float64Array(factors.nRows * factors.nColumns);
  const put = (part: Float64Array, at: number, first: number): void => out.set(part, at + first);
  yield* eachPart(arena, factors, put, onDone);
  return out;
}

/** Takes columns `first` to `last` of a row of the product that begins at `at`. */
type TakeRow = (part: Float64Array, at: number, first: number, last: number) => void;

function* eachPart(
  arena: Arena,
  { left, nRows, k, right, nColumns, turned = false }: Factors,
  takeRow: TakeRow,
  onDone?: (share: number) => void,
): Steps<void> {
  const side: RightSide = {
    nColumns,
    pack: turned
      ? (from, to, panel) => packRows(right, k, from, to, panel)
      : (from, to, panel) =>
          packColumns({ data: right, width: nColumns, nRows: k }, from, to, panel),
  };
  const rows = Math.max(32, (PACKED_AT_ONCE / k) & ~31);
  for (let first = 0; first < nRows; first += rows) {
    const last = Math.min(nRows, first + rows);
    const mark = arena.mark();
    const nTiles = Math.ceil((last - first) / 4);
    const address = arena.allocate(nTiles * 32 * k);
    packRows(left, k, first, last, arena.float64(address, nTiles * 4 * k));
    yield* timesRight(
      arena,
      { address, nTiles, nColumns: k },
      side,
      (part, rowLength, from, to) => {
        for (let row = first, at = 0; row < last; row++, at += rowLength)
          takeRow(part.subarray(at, at + to - from), row * nColumns, from, to);
        onDone?.((first + ((last - first) * to) / nColumns) / nRows);
      },
    );
    arena.release(mark);
  }
}
