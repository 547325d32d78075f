import { InvalidArgument } from "../core/errors.ts";
import type { Metric } from "../rdm/metrics/index.ts";
import { isLone } from "../searchlight/patch-metric.ts";
import type { PatchPlan, SearchlightPatches } from "../searchlight/patches.ts";
import type { Epochs } from "./epochs.ts";
import { mixedUnits } from "./mixed-units.ts";

/** Options that notes depend on. */
interface NotedOptions {
  readonly metric?: Metric | "crossnobis";
  readonly noiseCovariance?: unknown;
  readonly noise?: unknown;
}

/** What to know before anything is read. Throws `InvalidArgument` when every patch is a single value. */
export function searchlightNotes(
  { info }: Epochs,
  picks: readonly number[],
  { plan, length }: SearchlightPatches,
  names: readonly string[],
  { metric = "correlation", noiseCovariance, noise }: NotedOptions,
): { readonly notes: readonly string[]; readonly nLone: number } {
  const { space, time, nSeries = 0, nSamples = 0 } = plan;
  const width = time === undefined ? nSamples : 2 * time.radius + 1;
  const sizes =
    space === undefined
      ? [nSeries * width]
      : Array.from(space.centres, (at) => space.around(at).length * width);
  const lone = [...sizes.keys()].filter((at) => isLone(sizes[at], metric));
  const nLone = lone.length * (length / sizes.length);
  const whitened = noiseCovariance !== undefined || noise !== undefined;
  const mixed = whitened ? undefined : mixedUnits(info, picks);
  const why = `a single value, which has no pattern for ${String(metric)}`;
  if (lone.length === sizes.length)
    throw new InvalidArgument(
      "metric",
      metric,
      `every patch is ${why}; give more sensors or a larger radius, or metric: "euclidean"`,
    );
  const some = lone.slice(0, 3).map((at) => names[at]);
  const rest = lone.length > 3 ? ` and ${lone.length - 3} more` : "";
  const where = `${some.join(", ")}${rest}`;
  const reach = space === undefined ? undefined : reachNote(space, nSeries);
  const note = `${nLone} of ${length} patches are ${why}: they are NaN (around ${where})`;
  return {
    notes: [
      ...(mixed === undefined ? [] : [mixed]),
      ...(reach === undefined ? [] : [reach]),
      ...(nLone > 0 ? [note] : []),
    ],
    nLone,
  };
}

/** A radius as wide as the head, or in another unit than metres, makes the same patch of every sensor. */
function reachNote(space: NonNullable<PatchPlan["space"]>, nSeries: number): string | undefined {
  const holdsAll = nSeries > 1 && space.centres.every((at) => space.around(at).length === nSeries);
  return holdsAll
    ? `every patch holds all ${nSeries} sensors: spatialRadiusM (metres) reaches over all of them`
    : undefined;
}
