import type { JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { DataSource } from "../functional-data.ts";
import type { Volume } from "../grid.ts";
import { checkSameSpace, spaceOf, withRun, type RunSpace } from "./opened-run.ts";
import { nameOfRun, type GlmRun } from "./run-input.ts";

/** What fits one open run; its own progress is part of that of all. */
export type FitRun<Fit> = (
  source: DataSource,
  space: RunSpace,
  run: GlmRun,
  name: string,
) => Promise<Fit>;

/** Fit runs one after the other, all in the voxels of the first. Throws `ShapeMismatch` for a run of another grid. */
export async function fitEachRun<Fit>(
  runs: readonly GlmRun[],
  options: Pick<JobOptions, "onProgress"> & { readonly mask?: Volume },
  fit: FitRun<Fit>,
): Promise<{ readonly fits: Fit[]; readonly space: RunSpace }> {
  const line = reporter(options, "runs", runs.length);
  const fits: Fit[] = [];
  let space: RunSpace | undefined;
  for (const [at, run] of runs.entries()) {
    const name = nameOfRun(run, at);
    await withRun(run.image, async (source) => {
      const own = spaceOf(source, options.mask);
      if (space !== undefined) checkSameSpace(space, own, name);
      space ??= own;
      fits.push(await fit(source, own, run, name));
    });
    line.update(at + 1);
  }
  line.finish();
  return { fits, space: space as RunSpace };
}
