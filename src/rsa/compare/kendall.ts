import { kendallTauA as tauMatrix } from "../../compute/kendall-tau.ts";
import { sortedSide, tauOfSorted, type SortedSide } from "../../compute/sorted-side.ts";
import type { JobOptions } from "../../core/job.ts";

/** Values, sorted when they are few; many are sorted together with their partners, on all threads. */
export interface TauSide {
  readonly values: Float64Array;
  readonly sorted: () => SortedSide;
}

/** Shorter vectors are compared faster than a job is begun. */
const SHORT = 2 ** 13;
/** Most bytes of working memory for one batch. */
const MOST_BYTES = 2.8e9;

/** Values that are sorted when they are needed so. */
export function tauSide(values: Float64Array): TauSide {
  let sorted: SortedSide | undefined;
  return { values, sorted: () => (sorted ??= sortedSide(values)) };
}

/** Share of the pairs of values that are not tied. */
export function untiedShare({ values }: TauSide): number {
  const n = values.length;
  const inOrder = values.slice().sort();
  let tied = 0;
  for (let k = 1, run = 0; k < n; k++) {
    run = inOrder[k] === inOrder[k - 1] ? run + 1 : 0;
    tied += run;
  }
  return 1 - tied / ((n * (n - 1)) / 2);
}

/** Tau-a of each a with each b, nA × nB in C order. */
export async function tausOf(
  a: readonly TauSide[],
  b: readonly TauSide[],
  job: JobOptions,
): Promise<Float64Array> {
  const n = a[0]?.values.length ?? 0;
  const taus = new Float64Array(a.length * b.length);
  if (n < SHORT) {
    return taus.map((_, k) =>
      tauOfSorted(a[Math.floor(k / b.length)].sorted(), b[k % b.length].sorted()),
    );
  }
  const [stepA, stepB] = batchSizes(n, a.length, b.length);
  for (let i = 0; i < a.length; i += stepA) {
    for (let j = 0; j < b.length; j += stepB) {
      const [xs, ys] = [a.slice(i, i + stepA), b.slice(j, j + stepB)].map((sides) =>
        sides.map(({ values }) => values),
      );
      const found = await tauMatrix(xs, ys, job);
      found.forEach((tau, k) => {
        taus[(i + Math.floor(k / ys.length)) * b.length + j + (k % ys.length)] = tau;
      });
    }
  }
  return taus;
}

/** How many vectors of each side fit: 16 bytes a value, and for each of a few threads 50 to sort. */
function batchSizes(n: number, nA: number, nB: number): [number, number] {
  const fit = Math.max(2, Math.floor((MOST_BYTES / n - 2 * 50) / 16));
  if (nA + nB <= fit) return [nA, nB];
  const stepA = Math.min(nA, Math.max(1, Math.floor(fit / 2)));
  return [stepA, Math.max(1, fit - stepA)];
}
