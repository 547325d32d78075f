import { lessProduct, matrixProduct } from "../../compute/matrix-product.ts";
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
    await projectOut(data, shape[1], span, job);
    const dof = span.n - span.p;
    all.push({ data, shape: [shape[0], shape[1]], run, dof, voxels: space.voxels });
  }
  return all;
}

/** Y − Q QᵀY. */
async function projectOut(
  rows: Float64Array,
  nSeries: number,
  { q, n, p }: DesignBasis,
  { signal, jobs }: JobOptions,
): Promise<void> {
  const job = { signal, jobs, onProgress: false } as const;
  const along = await matrixProduct(
    { left: q, nRows: p, k: n, right: rows, nColumns: nSeries },
    job,
  );
  const turned = new Float64Array(n * p);
  for (let c = 0; c < p; c++) for (let t = 0; t < n; t++) turned[t * p + c] = q[c * n + t];
  await lessProduct(rows, { left: turned, nRows: n, k: p, right: along, nColumns: nSeries }, job);
}
