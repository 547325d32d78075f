import type { JobOptions } from "../../core/job.ts";
import type { DesignBasis } from "../../stats/regression/basis.ts";
import type { FittedTrials } from "./fit-trials.ts";
import { rowsOfRun, withRun, type RunSpace } from "./opened-run.ts";
import type { GlmRun } from "./run-input.ts";
import type { RunResiduals } from "./run-residuals.ts";

/** What is left of each run without all that trials and nuisance can make. */
export async function residualsOfSpan(
  runs: readonly GlmRun[],
  fitted: readonly FittedTrials[],
  space: RunSpace,
  job: JobOptions,
): Promise<RunResiduals[]> {
  const all: RunResiduals[] = [];
  for (const [at, { run, kept, span }] of fitted.entries()) {
    const { data, shape } = await withRun(runs[at].image, (source) =>
      rowsOfRun(source, space, kept, job),
    );
    projectOut(data, shape[1], span);
    const dof = span.n - span.p;
    all.push({ data, shape: [shape[0], shape[1]], run, dof, voxels: space.voxels });
  }
  return all;
}

function projectOut(rows: Float64Array, nSeries: number, { q, n, p }: DesignBasis): void {
  const along = new Float64Array(nSeries);
  for (let c = 0; c < p; c++) {
    along.fill(0);
    for (let t = 0; t < n; t++) {
      const value = q[c * n + t];
      for (let s = 0; s < nSeries; s++) along[s] += value * rows[t * nSeries + s];
    }
    for (let t = 0; t < n; t++) {
      const value = q[c * n + t];
      for (let s = 0; s < nSeries; s++) rows[t * nSeries + s] -= value * along[s];
    }
  }
}
