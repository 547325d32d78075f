import { lessProduct } from "../../compute/matrix-product.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { JobOptions } from "../../core/job.ts";
import { whitenRows } from "../../stats/regression/residuals.ts";
import { rowsOfRun, withRun, type RunSpace } from "./opened-run.ts";
import type { RunFit } from "./run-fit.ts";
import type { GlmRun } from "./run-input.ts";

/** What a model leaves of one run. */
export interface RunResiduals extends Matrix<Float64Array> {
  /** nRows × nVoxels, a row a volume that counts. */
  readonly data: Float64Array;
  readonly shape: readonly [nRows: number, nVoxels: number];
  /** What the run is called. */
  readonly run: string;
  /** Rows less columns of the design. */
  readonly dof: number;
  /** Numbers of the voxels in C order of the grid. */
  readonly voxels: Int32Array;
}

/** Read a run again and take the model off it. */
export async function residualsOfRun(
  run: GlmRun,
  fit: RunFit,
  space: RunSpace,
  whiten: boolean,
  job: JobOptions,
): Promise<RunResiduals> {
  const { data, shape } = await withRun(run.image, (source) =>
    rowsOfRun(source, space, fit.kept, job),
  );
  const [n, nVoxels] = shape;
  scale(data, fit.scales, fit);
  const product = { left: fit.rows.data, nRows: n, k: fit.rows.shape[1] };
  await lessProduct(data, { ...product, right: fit.solution.betas, nColumns: nVoxels }, job);
  const linked = Uint8Array.from(fit.kept, (volume, t) =>
    t > 0 && volume === fit.kept[t - 1] + 1 ? 1 : 0,
  );
  if (whiten) whitenRows(data, n, fit.solution.rho, linked);
  return { data, shape: [n, nVoxels], run: fit.name, dof: fit.dof, voxels: space.voxels };
}

function scale(data: Float64Array, scales: Float64Array, { percent }: RunFit): void {
  if (!percent) return;
  const n = scales.length;
  for (let at = 0; at < data.length; at++) data[at] = data[at] * scales[at % n] - 100;
}
