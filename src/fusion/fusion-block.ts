import type { JobOptions, Pause } from "../core/job.ts";
import { alignRdms, type ItemChoice } from "../rdm/align-rdms.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { compareRdms } from "../rsa/compare/compare-rdms.ts";
import { hasNaN } from "../stats/has-nan.ts";
import { commonShare } from "./common-share.ts";
import { correlationsKnownToAll } from "./shares-known-to-all.ts";

/** How MEG RDMs are fused with a block of regions. */
export interface FusionBlockOptions extends Pick<JobOptions, "signal" | "jobs"> {
  readonly method: "spearman" | "pearson";
  readonly items: ItemChoice;
  readonly ignoreNan: boolean;
  readonly commonOf: "meg" | "fmri";
}

/** Each a with each b; `NaN` for an RDM that has `NaN`, which would stop the rest. Throws as `compareRdms`. */
export async function comparedKnown(
  a: readonly Rdm[],
  b: readonly Rdm[],
  { signal, jobs, method, items, ignoreNan }: FusionBlockOptions,
): Promise<Float64Array> {
  const known = (rdms: readonly Rdm[]): number[] =>
    [...rdms.keys()].filter((at) => ignoreNan || !hasNaN(rdms[at].condensed));
  const [left, right] = [known(a), known(b)];
  const scores = new Float64Array(a.length * b.length).fill(NaN);
  if (left.length === 0 || right.length === 0) return scores;
  const found = await compareRdms(
    left.map((at) => a[at]),
    right.map((at) => b[at]),
    { signal, jobs, method, items, ignoreNan, onProgress: false },
  );
  for (let row = 0, k = 0; row < left.length; row++)
    for (let column = 0; column < right.length; column++, k++)
      scores[left[row] * b.length + right[column]] = found.scores[k];
  return scores;
}

/** Times × regions become regions × times, at a place of a list. */
export function turnInto(
  list: Float64Array,
  at: number,
  found: Float64Array,
  nTimes: number,
  nRegions: number,
): void {
  for (let region = 0, place = at; region < nRegions; region++)
    for (let t = 0; t < nTimes; t++, place++) list[place] = found[t * nRegions + region];
}

/** RDMs of which a share is common, and how alike each two of the three kinds are. */
export interface ThreeKinds {
  readonly meg: readonly Rdm[];
  readonly block: readonly Rdm[];
  readonly models: readonly Rdm[];
  /** Times × regions. */
  readonly found: Float64Array;
  /** Times × models. */
  readonly megModel: Float64Array;
  /** Regions × models. */
  readonly regionModel: Float64Array;
}

/** The share common to MEG, region and a model: regions × times, at a place of a list. Throws `Cancelled`. */
export async function commonInto(
  list: Float64Array,
  at: number,
  { meg, block, models, found, megModel, regionModel }: ThreeKinds,
  m: number,
  how: FusionBlockOptions,
  pause: Pause,
): Promise<void> {
  const gaps = (rdms: readonly Rdm[]): boolean[] =>
    rdms.map(({ condensed }) => how.ignoreNan && hasNaN(condensed));
  const [inMeg, inBlock, [inModel]] = [gaps(meg), gaps(block), gaps([models[m]])];
  for (let region = 0, place = at; region < block.length; region++) {
    for (let t = 0; t < meg.length; t++, place++) {
      const withGaps = inModel || inMeg[t] || inBlock[region];
      const three = withGaps
        ? correlationsKnownToAll(
            alignRdms([meg[t], block[region], models[m]], how.items),
            how.method,
          )
        : {
            megRegion: found[t * block.length + region],
            megModel: megModel[t * models.length + m],
            regionModel: regionModel[region * models.length + m],
          };
      list[place] =
        how.commonOf === "meg"
          ? commonShare(three.megRegion, three.megModel, three.regionModel)
          : commonShare(three.megRegion, three.regionModel, three.megModel);
      if (withGaps && pause.due()) await pause.turn();
    }
  }
}
