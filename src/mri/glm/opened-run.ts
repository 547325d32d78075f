import { computeEngine } from "../../compute/compute-engine.ts";
import { PRODUCTS_PER_MS } from "../../compute/matrix-product.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import type { Matrix } from "../../core/matrix.ts";
import { ShapeMismatch } from "../../core/errors.ts";
import { addRows } from "../../stats/regression/add-rows.ts";
import { Moments, type NoiseModel } from "../../stats/regression/moments.ts";
import type { DesignBasis } from "../../stats/regression/basis.ts";
import { openData, type DataSource } from "../functional-data.ts";
import { checkSameGrid, gridOf, type Grid, type Volume } from "../grid.ts";
import { positionsIn, usableVoxels } from "../read-patterns.ts";
import type { Placement } from "../score-map.ts";
import { streamRun } from "./stream-run.ts";

/** The job of one run: its part of the progress of all is told as a share of it. */
export interface RunJob extends Pick<JobOptions, "signal" | "jobs"> {
  readonly onProgress: false;
  readonly onShare?: (share: number) => void;
}

/** The voxels of all runs, and where they lie. */
export interface RunSpace {
  readonly voxels: Int32Array;
  readonly grid: Grid;
  readonly header: Placement;
}

/** Open a run, look at it, and close it again whatever happens. */
export async function withRun<Result>(
  image: Parameters<typeof openData>[0],
  use: (source: DataSource) => Promise<Result>,
): Promise<Result> {
  const source = await openData(image);
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}

/** The voxels wanted of a run. Throws `ShapeMismatch`, `InvalidArgument` for a mask that does not fit. */
export function spaceOf(source: DataSource, mask: Volume | undefined): RunSpace {
  const { shape, affine, units, zooms, sform, qform } = source.header;
  return {
    voxels: usableVoxels(source, mask, "mask"),
    grid: gridOf(source.header),
    header: { shape, affine, units, zooms, sform, qform },
  };
}

/** Throws `ShapeMismatch` unless a run has the voxels of the first. */
export function checkSameSpace(first: RunSpace, own: RunSpace, run: string): void {
  checkSameGrid(first.grid, gridOf(own.header), `run ${run}`);
  if (
    own.voxels.length === first.voxels.length &&
    own.voxels.every((v, at) => v === first.voxels[at])
  )
    return;
  throw new ShapeMismatch(
    `the ${first.voxels.length} voxels of the first run in run ${run}`,
    `${own.voxels.length} voxels`,
    "give all runs in one mask",
  );
}

/** What of a run's volumes decides a fit; one pass, on all threads. */
export async function momentsOfRun(
  source: DataSource,
  { voxels }: Pick<RunSpace, "voxels">,
  kept: Int32Array,
  basis: DesignBasis,
  noise: NoiseModel,
  job: RunJob,
): Promise<Moments> {
  const moments = new Moments(basis, voxels.length, noise);
  const { signal, jobs } = job;
  for await (const rows of streamRun(source, positionsIn(source, voxels), kept, job)) {
    const expectedMs = (rows.count * basis.p * voxels.length) / PRODUCTS_PER_MS;
    await computeEngine.use({ work: "fitting", signal, jobs, expectedMs }, (workspace) =>
      workspace.runSteps(addRows(workspace, moments, rows)),
    );
    job.onShare?.(rows.share);
  }
  return moments;
}

/** The volumes of a run that count, nRows × nVoxels; another pass. */
export async function rowsOfRun(
  source: DataSource,
  { voxels }: RunSpace,
  kept: Int32Array,
  job: JobOptions,
): Promise<Matrix<Float64Array>> {
  const n = voxels.length;
  const data = new Float64Array(kept.length * n);
  const values = new Float64Array(kept.length);
  const pause = pauses(job.signal, "reading volumes");
  for await (const { first, count, read } of streamRun(
    source,
    positionsIn(source, voxels),
    kept,
    job,
  ))
    for (let v = 0; v < n; v++) {
      read(v, values);
      for (let t = 0; t < count; t++) data[(first + t) * n + v] = values[t];
      if ((v & 255) === 255 && pause.due()) await pause.turn();
    }
  return { data, shape: [kept.length, n] };
}
