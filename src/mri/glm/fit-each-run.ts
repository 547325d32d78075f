import type { JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { DataSource } from "../functional-data.ts";
import type { Volume } from "../grid.ts";
import { checkSameSpace, spaceOf, withRun, type RunJob, type RunSpace } from "./opened-run.ts";
import { nameOfRun, type GlmRun } from "./run-input.ts";

/** What fits one open run; its own progress is part of that of all. */
export type FitRun<Fit> = (
  source: DataSource,
  space: RunSpace,
  run: GlmRun,
  name: string,
  job: RunJob,
) => Promise<Fit>;

/** How much of the progress of a run is the way through its volumes; the rest is said at its end. */
const readingShare = 0.9;

/** Fit runs one after the other, all in the voxels of the first. Throws `ShapeMismatch` for a run of another grid. */
export async function fitEachRun<Fit>(
  runs: readonly GlmRun[],
  options: JobOptions & { readonly mask?: Volume },
  fit: FitRun<Fit>,
): Promise<{ readonly fits: Fit[]; readonly space: RunSpace }> {
  const line = reporter(options, "fitting, percent", 100);
  const { signal, jobs } = options;
  const tell = (done: number): void => line.update(Math.floor((100 * done) / runs.length));
  const fits: Fit[] = [];
  let space: RunSpace | undefined;
  for (const [at, run] of runs.entries()) {
    const name = nameOfRun(run, at);
    await withRun(run.image, async (source) => {
      const own = spaceOf(source, options.mask);
      if (space !== undefined) checkSameSpace(space, own, name);
      space ??= own;
      const job: RunJob = {
        ...{ signal, jobs, onProgress: false },
        onShare: (share) => tell(at + share * readingShare),
      };
      fits.push(await fit(source, own, run, name, job));
    });
    tell(at + 1);
  }
  line.finish();
  return { fits, space: space as RunSpace };
}
