import { ShapeMismatch } from "../core/errors.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import type { PatchMetricOptions } from "./patch-metric.ts";
import { patchRdms } from "./patch-rdms.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";

/**
 * The RDMs of all people in one patch after the other, side by side; nothing is kept.
 *
 * @param people - patterns of the same items in the same patches.
 * @throws ShapeMismatch for other numbers of patches; Cancelled.
 */
export async function eachPatchOfPeople(
  people: readonly PatchedPatterns[],
  metric: PatchMetricOptions,
  job: JobOptions,
  label: string,
  each: (rdms: readonly Float64Array[], patch: number) => void,
): Promise<void> {
  const [first] = people;
  const nPatches = first.patches.length;
  const odd = people.find(({ patches }) => patches.length !== nPatches);
  if (odd !== undefined)
    throw new ShapeMismatch(
      `${nPatches} patches, as the first person has`,
      `${odd.patches.length}`,
      "lay out the patches of all people alike",
    );
  const line = reporter(job, label, nPatches);
  const pause = pauses(job.signal, label);
  const rdms = people.map((patched) => patchRdms(patched, metric, job));
  for (let patch = 0; patch < nPatches; patch++) {
    const here: Float64Array[] = [];
    for (const one of rdms) {
      const { value } = await one.next();
      if (value !== undefined) here.push(value);
    }
    each(here, patch);
    if (!pause.due()) continue;
    line.update(patch + 1);
    await pause.turn();
  }
  line.update(nPatches);
  line.finish();
}
