import { InvalidArgument } from "../../core/errors.ts";
import type { Moments } from "../../stats/regression/moments.ts";

/** Signals as they are, as percent of each voxel's mean over the run, or of the mean of all voxels. */
export const signalScalings = ["none", "percent", "percent-of-all"] as const;

/** A way to scale signals. */
export type SignalScaling = (typeof signalScalings)[number];

/** More voxels than this share without a mean make percent of it meaningless. */
const mostWithout = 0.1;

/**
 * What each voxel's signal is multiplied by: 1, or 100 / its mean. Voxels of a mean below 1, which nilearn takes for 1,
 * have no percent: NaN. Throws `InvalidArgument` when many have none: the data were centred or standardised.
 */
export function scalesOf(moments: Moments, scaling: SignalScaling): Float64Array {
  const { nSeries, sums, offset, basis } = moments;
  if (scaling === "none") return new Float64Array(nSeries).fill(1);
  const own = sums.map((sum, s) => sum / basis.n + offset[s]);
  const means = scaling === "percent" ? own : own.fill(meanOfFinite(own));
  const nWithout = means.reduce((count, mean) => count + (mean < 1 ? 1 : 0), 0);
  if (nWithout > mostWithout * nSeries)
    throw new InvalidArgument(
      "signalScaling",
      scaling,
      `${nWithout} of ${nSeries} voxels have a mean below 1, of which there are no percent: were the data centred? Say signalScaling: "none"`,
    );
  return means.map((mean) => (mean < 1 ? NaN : 100 / mean));
}

function meanOfFinite(values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}
