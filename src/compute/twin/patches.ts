import { CORRELATION, SQEUCLIDEAN, dissimilarity, featuresOf } from "./convert.ts";
import { crossValidatedAngles, crossValidatedSquares } from "./patch-folds.ts";
import { countVector } from "./kendall.ts";
import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";
import { PatchSums } from "./patch-sums.ts";
import { scoreVector } from "./scores.ts";
import { tilePlace } from "../tile-order.ts";

const COSINE = 1;
/** Numbers as in `assembly/patches.ts`. */
const LOSSY = 256;

/** Twin of `patchScores` in `assembly/patches.ts`. */
export function patchScores(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const nPairs = (p[0] * (p[0] - 1)) / 2;
  eachPatch(memory, p, block, (patch, rdm) => {
    const out = float64At(memory, p[11] + patch * (p[1] + 1) * 8, p[1] + 1);
    const vector = (v: number): Float64Array => float64At(memory, p[10] + v * nPairs * 8, nPairs);
    scoreVector(rdm, p[2] !== 0, vector, out);
  });
}

/** Twin of `patchTaus`. */
export function patchTaus(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const nPairs = (p[0] * (p[0] - 1)) / 2;
  eachPatch(memory, p, block, (patch, rdm) => {
    const out = float64At(memory, p[11] + patch * (p[1] + 1) * 16, (p[1] + 1) * 2);
    const model = (m: number): { distinct: number; dense: Uint32Array } => ({
      distinct: float64At(memory, p[15] + m * 16, 1)[0],
      dense: uint32At(memory, p[14] + m * nPairs * 4, nPairs),
    });
    countVector(rdm, p[1], model, out);
  });
}

/** The RDM of each patch of a block in tile order. */
function eachPatch(
  memory: TwinMemory,
  p: Float64Array,
  block: number,
  use: (patch: number, rdm: Float64Array) => void,
): void {
  const [n, , , metric, rows, , starts, lists, inBlock, nPatches] = p;
  const size = p[13] * Math.ceil(n / 4) * 4;
  const nSets = p[16];
  const sets = Array.from(
    { length: nSets },
    (_, k) => new PatchSums(float64At(memory, rows + k * size * 8, size), n, metric >= SQEUCLIDEAN),
  );
  const listOf = (patch: number): Uint32Array => {
    const [from, to] = uint32At(memory, starts + patch * 4, 2);
    return uint32At(memory, lists + from * 4, to - from);
  };
  let before: Uint32Array | undefined;
  const first = block * inBlock;
  for (let patch = first; patch < Math.min(nPatches, first + inBlock); patch++) {
    const list = listOf(patch);
    let exact = true;
    for (const sums of sets) {
      sums.move(before, list);
      if (metric !== CORRELATION || list.length < 2 || !isLossy(sums, list.length)) continue;
      sums.centre(list, nSets > 1);
      exact = false;
    }
    use(patch, rdmOf(sets, p, list.length));
    const keeps = exact && new Set(list).size === list.length && metric < SQEUCLIDEAN;
    before = keeps ? list : undefined;
  }
}

function isLossy({ n, sums, square }: PatchSums, count: number): boolean {
  for (let i = 0; i < n; i++) {
    const own = square(i);
    const variance = own - sums[i] * sums[i] * (1 / count);
    if (own < Infinity && own > 0 && !(variance * LOSSY >= own)) return true;
  }
  return false;
}

function rdmOf(sets: readonly PatchSums[], p: Float64Array, count: number): Float64Array {
  const [n, , , metric] = p;
  if (count < (metric <= COSINE ? 2 : 1)) return new Float64Array((n * (n - 1)) / 2).fill(NaN);
  const inverseCount = metric === CORRELATION ? 1 / count : 0;
  if (sets.length === 1) return plainRdm(sets[0], metric, inverseCount);
  return metric >= SQEUCLIDEAN
    ? crossValidatedSquares(sets, p)
    : crossValidatedAngles(sets, p, inverseCount);
}

function plainRdm(
  { n, sums, square, products }: PatchSums,
  metric: number,
  inverseCount: number,
): Float64Array {
  const rdm = new Float64Array((n * (n - 1)) / 2);
  const nFeatures = featuresOf(metric, inverseCount);
  const scales = Float64Array.from(
    { length: n },
    (_, i) => 1 / Math.sqrt(square(i) - sums[i] * sums[i] * inverseCount),
  );
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const productOfSums = sums[i] * sums[j] * inverseCount;
      const scale = scales[i] * scales[j];
      rdm[tilePlace(i, j, n)] = dissimilarity(
        metric,
        products[i * n + j],
        productOfSums,
        scale,
        nFeatures,
      );
    }
  }
  return rdm;
}
