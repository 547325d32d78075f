import type { JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { EngineJob, EngineOptions } from "../../engine/engine-options.ts";
import type { DataSource } from "../functional-data.ts";
import type { Volume } from "../grid.ts";
import { checkSameSpace, spaceOf, withRun, type RunJob, type RunSpace } from "./opened-run.ts";
import { runInBlocks } from "./run-blocks.ts";
import { nameOfRun, type GlmRun } from "./run-input.ts";
import type { LaidOut } from "./run-task.ts";
import { storeVolumes, type StoredVolumes } from "./stored-volumes.ts";

/** Lays an open run out: all but its volumes. */
export type LayOutRun<Fit> = (source: DataSource, run: GlmRun, name: string) => LaidOut<Fit>;

/** How much of the progress of a run is the way through its volumes; the rest is said at its end. */
const readingShare = 0.9;

/** Runs fitted, and where their voxels lie. */
export interface FittedRuns<Fit> {
  readonly fits: Fit[];
  readonly space: RunSpace;
}

/**
 * Fit runs one after the other, all in the voxels of the first; with an engine each in a block of its own. Throws
 * `ShapeMismatch` for a run of another grid.
 */
export async function fitEachRun<Fit>(
  runs: readonly GlmRun[],
  options: JobOptions & EngineJob & { readonly mask?: Volume },
  layOut: LayOutRun<Fit>,
): Promise<FittedRuns<Fit>> {
  if (options.engine !== undefined) return fitInBlocks(runs, options, options.engine, layOut);
  const line = reporter(options, "fitting, percent", 100);
  const { signal, jobs } = options;
  const tell = (done: number): void => line.update(Math.floor((100 * done) / runs.length));
  const fits: Fit[] = [];
  const space = await eachRun(runs, options.mask, async (source, own, run, name, at) => {
    const job: RunJob = {
      ...{ signal, jobs, onProgress: false },
      onShare: (share) => tell(at + share * readingShare),
    };
    fits.push(await layOut(source, run, name).fit(source, own, job));
    tell(at + 1);
  });
  line.finish();
  return { fits, space };
}

async function fitInBlocks<Fit>(
  runs: readonly GlmRun[],
  { mask, ...job }: JobOptions & { readonly mask?: Volume },
  engine: EngineOptions,
  layOut: LayOutRun<Fit>,
): Promise<FittedRuns<Fit>> {
  const laidOut: LaidOut<Fit>[] = [];
  const volumes: StoredVolumes[] = [];
  const space = await eachRun(runs, mask, async (source, own, run, name) => {
    laidOut.push(layOut(source, run, name));
    volumes.push(await storeVolumes(run.image, source, own.voxels, job));
  });
  const tasks = laidOut.map(({ task }) => task);
  const numbers = await runInBlocks(tasks, volumes, space.voxels, job, engine);
  return { fits: laidOut.map((run, at) => run.finish(numbers[at])), space };
}

/** Open runs one after the other, all in the voxels of the first. */
async function eachRun(
  runs: readonly GlmRun[],
  mask: Volume | undefined,
  use: (
    source: DataSource,
    space: RunSpace,
    run: GlmRun,
    name: string,
    at: number,
  ) => Promise<void>,
): Promise<RunSpace> {
  let space: RunSpace | undefined;
  for (const [at, run] of runs.entries()) {
    const name = nameOfRun(run, at);
    await withRun(run.image, async (source) => {
      const own = spaceOf(source, mask);
      if (space !== undefined) checkSameSpace(space, own, name);
      space ??= own;
      await use(source, own, run, name, at);
    });
  }
  return space as RunSpace;
}
