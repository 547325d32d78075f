import { pauses, type JobOptions } from "../core/job.ts";
import { computeEngine } from "./compute-engine.ts";
import { sortedSide, tauOfSorted } from "./sorted-side.ts";
import { commonLength } from "./stored-vectors.ts";
import { countSteps, sortSteps, tauA } from "./tau-counts.ts";
import { hasKernels } from "./which-path.ts";

const COUNTED_PER_MS = 7e4;
const work = "computing Kendall's tau";

/**
 * Kendall's tau-a of every x with every y, xs × ys in C order, by Knight's method; each vector is sorted once.
 * NaN where a vector holds NaN or all its values are tied. Agrees with `_kendall_tau_a` of MNE-RSA.
 *
 * @throws ShapeMismatch; Cancelled, WorkerFailed, OutOfMemory.
 */
export function kendallTauA(
  xs: readonly Float64Array[],
  ys: readonly Float64Array[],
  job: JobOptions = {},
  engine = computeEngine,
): Promise<Float64Array> {
  const n = commonLength([...xs, ...ys]);
  const size = (xs.length + ys.length + xs.length * ys.length * 4) * n;
  if (!hasKernels()) return plainTaus(xs, ys, job);
  const { signal, jobs } = job;
  return engine.use(
    { work, signal, jobs, expectedMs: size / COUNTED_PER_MS },
    async (workspace) => {
      const all = [...xs, ...ys];
      const sorted = await workspace.runSteps(sortSteps(workspace, all, n));
      const counting = countSteps(workspace, sorted, xs.length, ys.length, n);
      const counts = await workspace.runSteps(counting);
      return Float64Array.from({ length: xs.length * ys.length }, (_, pair) => {
        const tiedX = sorted.summaries[Math.floor(pair / ys.length) * 2 + 1];
        const tiedY = sorted.summaries[(xs.length + (pair % ys.length)) * 2 + 1];
        return tauA(n, tiedX, tiedY, counts[pair * 2], counts[pair * 2 + 1]);
      });
    },
  );
}

/** The same in plain code, one pair of vectors after the other. */
async function plainTaus(
  xs: readonly Float64Array[],
  ys: readonly Float64Array[],
  job: JobOptions,
): Promise<Float64Array> {
  const [left, right] = [xs, ys].map((vectors) => vectors.map(sortedSide));
  const pause = pauses(job.signal, work);
  const taus = new Float64Array(xs.length * ys.length);
  for (let pair = 0; pair < taus.length; pair++) {
    taus[pair] = tauOfSorted(left[Math.floor(pair / ys.length)], right[pair % ys.length]);
    if (pause.due()) await pause.turn();
  }
  return taus;
}
