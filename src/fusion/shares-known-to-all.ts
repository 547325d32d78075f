import type { Rdm } from "../rdm/rdm.ts";
import { leastPairs } from "../rsa/shares/shares-question.ts";
import { sideOf } from "../rsa/weights/weight-scores.ts";
import { correlationOf } from "../stats/centred.ts";

/** How alike MEG, region and model are, each two. */
export interface ThreeCorrelations {
  readonly megRegion: number;
  readonly megModel: number;
  readonly regionModel: number;
}

/**
 * The three correlations over the pairs that MEG, region and model all know: of other pairs each, they would belong to no
 * common variance. `NaN` where fewer pairs are left than two models need.
 */
export function correlationsKnownToAll(
  [meg, region, model]: readonly Rdm[],
  rsaMetric: "spearman" | "pearson",
): ThreeCorrelations {
  const known = (_: number, pair: number): boolean =>
    ![meg, region, model].some(({ condensed }) => Number.isNaN(condensed[pair]));
  const [a, b, c] = [meg, region, model].map(({ condensed }) => condensed.filter(known));
  if (a.length < leastPairs(2)) return { megRegion: NaN, megModel: NaN, regionModel: NaN };
  const [x, y, z] = [a, b, c].map(sideOf[rsaMetric]);
  return {
    megRegion: correlationOf(x, y),
    megModel: correlationOf(x, z),
    regionModel: correlationOf(y, z),
  };
}
