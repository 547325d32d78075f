import type { JobOptions } from "../core/job.ts";
import type { Arena } from "./arena.ts";
import { computeEngine } from "./compute-engine.ts";
import { align, sortScratchBytes } from "./kernels.ts";
import { inOrder } from "./layouts.ts";
import { PRODUCTS_PER_MS } from "./matrix-product.ts";
import type { Step, Steps } from "./step.ts";
import { commonLength } from "./stored-vectors.ts";

type Vectors = readonly Float64Array[];

/** Products of centred ranks. */
export interface RankProducts {
  /** nA × nB, C order. */
  readonly products: Float64Array;
  /** The square of the centred ranks of each vector. */
  readonly squaresA: Float64Array;
  readonly squaresB: Float64Array;
}

/** Up to so many values products of centred ranks are whole quarters below 2^53: exact in any order. */
const MOST_EXACT = 2e5;
/** Packed ranks of the right side are held at once. */
const MOST_BYTES = 2 ** 28;
/** Tiles of four vectors of the left side ranked at once. */
const LEFT_TILES = 16;
/** Tiles of the right side that they are multiplied with at a time. */
const RIGHT_TILES = 32;
/** Values multiplied to a block: some ms. */
const CHUNK = 4096;
/** Values that are ranked at once, twice. */
const VALUES_AT_ONCE = 2 ** 19;
/** Bytes of a panel of four vectors that a thread unpacks (see `assembly/packed-ranks.ts`). */
const PANEL_BYTES = 8192;
const SORTED_PER_MS = 7e4;

/** Whether so many vectors of so many values can be ranked and multiplied without leaving the memory of the kernels. */
export function canRankTogether(nRight: number, n: number): boolean {
  return n <= MOST_EXACT && tilesOf(nRight) * tileBytes(n) <= MOST_BYTES;
}

/**
 * The product of the ranks, minus their mean, of each vector of a list with those of each of another; a list with itself
 * takes half. Ranks go from the sort into packed tiles, of 20 bits a rank, and are unpacked where they are multiplied.
 * Products are exact.
 *
 * @throws ShapeMismatch when lengths differ; Cancelled, WorkerFailed, OutOfMemory.
 */
export async function rankProducts(
  a: Vectors,
  b: Vectors,
  { signal, jobs }: JobOptions,
  onDone: (nVectors: number) => void = () => {},
  engine = computeEngine,
): Promise<RankProducts> {
  const n = commonLength([...a, ...b]);
  const expectedMs =
    ((a.length + b.length) * n) / SORTED_PER_MS + (a.length * b.length * n) / PRODUCTS_PER_MS;
  const found = await engine.use(
    { work: "comparing RDMs", signal, jobs, expectedMs },
    (workspace) =>
      workspace.runSteps(
        a === b ? ofItself(workspace, a, n, onDone) : ofTwo(workspace, a, b, n, onDone),
      ),
  );
  spreadNaN(found);
  return found;
}

/** A vector that holds NaN has no ranks, and packed ones cannot say so. */
function spreadNaN({ products, squaresA, squaresB }: RankProducts): void {
  const nB = squaresB.length;
  squaresA.forEach((square, i) => {
    if (Number.isNaN(square)) products.fill(NaN, i * nB, (i + 1) * nB);
  });
  squaresB.forEach((square, j) => {
    if (Number.isNaN(square)) for (let k = j; k < products.length; k += nB) products[k] = NaN;
  });
}

function tilesOf(nVectors: number): number {
  return Math.ceil(nVectors / 4);
}

/** Bytes of the packed ranks of four vectors (see `assembly/packed-ranks.ts`). */
function tileBytes(n: number): number {
  return align(10 * n);
}

function* ofItself(
  arena: Arena,
  vectors: Vectors,
  n: number,
  onDone: (nVectors: number) => void,
): Steps<RankProducts> {
  const packed = arena.allocate(tilesOf(vectors.length) * tileBytes(n));
  const squares = yield* ranked(arena, vectors, n, packed, onDone);
  const products = new Float64Array(vectors.length ** 2);
  for (let row = 0; row < vectors.length; row += 4 * LEFT_TILES) {
    const from = packed + tilesOf(row) * tileBytes(n);
    const rest = vectors.length - row;
    const part = {
      left: from,
      nLeft: Math.min(rest, 4 * LEFT_TILES),
      right: from,
      nRight: rest,
      n,
    };
    yield* multiplied(arena, part, (i, j, product) => {
      products[(row + i) * vectors.length + row + j] = product;
      products[(row + j) * vectors.length + row + i] = product;
    });
  }
  onDone(2 * vectors.length);
  return { products, squaresA: squares, squaresB: squares };
}

function* ofTwo(
  arena: Arena,
  a: Vectors,
  b: Vectors,
  n: number,
  onDone: (nVectors: number) => void,
): Steps<RankProducts> {
  const right = arena.allocate(tilesOf(b.length) * tileBytes(n));
  const left = arena.allocate(Math.min(LEFT_TILES, tilesOf(a.length)) * tileBytes(n));
  const squaresB = yield* ranked(arena, b, n, right, onDone);
  const squaresA = new Float64Array(a.length);
  const products = new Float64Array(a.length * b.length);
  for (let row = 0; row < a.length; row += 4 * LEFT_TILES) {
    const some = a.slice(row, row + 4 * LEFT_TILES);
    squaresA.set(yield* ranked(arena, some, n, left, () => {}), row);
    const part = { left, nLeft: some.length, right, nRight: b.length, n };
    yield* multiplied(arena, part, (i, j, product) => {
      products[(row + i) * b.length + j] = product;
    });
    onDone(b.length + row + some.length);
  }
  return { products, squaresA, squaresB };
}

/** Ranks of vectors into packed tiles, some at a time while the next are brought; gives the squares of the centred ranks. */
function* ranked(
  arena: Arena,
  vectors: Vectors,
  n: number,
  packed: number,
  onDone: (nVectors: number) => void,
): Steps<Float64Array> {
  const mark = arena.mark();
  const atOnce = 4 * Math.max(2, Math.floor(VALUES_AT_ONCE / (4 * n)));
  const rooms = [0, 1].map(() =>
    arena.allocate(Math.min(atOnce, 4 * tilesOf(vectors.length)) * n * 8),
  );
  const ties = arena.allocate(vectors.length * 8);
  const bring = (first: number): void => {
    const some = vectors.slice(first, first + atOnce);
    const values = arena.float64(rooms[(first / atOnce) % 2], some.length * n);
    some.forEach((vector, v) => values.set(vector, v * n));
  };
  bring(0);
  for (let first = 0; first < vectors.length; first += atOnce) {
    const nVectors = Math.min(atOnce, vectors.length - first);
    const values = rooms[(first / atOnce) % 2];
    const step: Step = {
      kernel: "rankTiles",
      params: inOrder("rankTiles", {
        ...{ n, nVectors, values },
        ...{ packed: packed + tilesOf(first) * tileBytes(n), ties: ties + first * 8 },
      }),
      nBlocks: tilesOf(nVectors),
      options: {
        scratchBytes: sortScratchBytes(n),
        expectedMs: (nVectors * n) / SORTED_PER_MS,
        meanwhile: () => bring(first + atOnce),
      },
    };
    yield step;
    onDone(first + nVectors);
  }
  const squares = Float64Array.from(
    arena.float64(ties, vectors.length),
    (tied) => (n * n * n - n - tied) / 12,
  );
  arena.release(mark);
  return squares;
}

/** Two lists in packed tiles. */
interface TwoLists {
  readonly left: number;
  readonly nLeft: number;
  readonly right: number;
  readonly nRight: number;
  readonly n: number;
}

function* multiplied(
  arena: Arena,
  { left, nLeft, right, nRight, n }: TwoLists,
  take: (i: number, j: number, product: number) => void,
): Steps<void> {
  const aTiles = tilesOf(nLeft);
  const nChunks = Math.ceil(n / CHUNK);
  for (let first = 0; first < nRight; first += 4 * RIGHT_TILES) {
    const mark = arena.mark();
    const count = Math.min(4 * RIGHT_TILES, nRight - first);
    const bTiles = tilesOf(count);
    const size = aTiles * bTiles * 16;
    const out = arena.allocate(nChunks * size * 8);
    yield {
      kernel: "packedProducts",
      params: inOrder("packed", {
        ...{ n, aTiles, bTiles, chunkLength: CHUNK, left, out },
        right: right + tilesOf(first) * tileBytes(n),
      }),
      nBlocks: nChunks,
      options: {
        scratchBytes: (aTiles + 1) * PANEL_BYTES,
        expectedMs: (nLeft * count * n) / PRODUCTS_PER_MS,
      },
    };
    const found = sumOfChunks(arena.float64(out, nChunks * size), size);
    for (let i = 0; i < nLeft; i++)
      for (let j = 0; j < count; j++) take(i, first + j, found[i * 4 * bTiles + j] / 4);
    arena.release(mark);
  }
}

/** Chunks of equal size, added up in the place of the first. */
function sumOfChunks(chunks: Float64Array, size: number): Float64Array {
  const sums = chunks.subarray(0, size);
  for (let at = size; at < chunks.length; at += size)
    for (let k = 0; k < size; k++) sums[k] += chunks[at + k];
  return sums;
}
