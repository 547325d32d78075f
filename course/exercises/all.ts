import * as first from "./00.ts";
import * as meg from "./01.ts";
import * as searchlight from "./02.ts";
import * as regions from "./03.ts";
import * as networks from "./03-networks.ts";
import * as encoding from "./04.ts";
import * as imagePairs from "./05.ts";
import * as sources from "./06.ts";
import * as group from "./07.ts";
import * as scans from "./08.ts";
import * as richer from "./09.ts";

/** Every exercise of the notebooks, as `NN/NAME`. */
export const exercises = {
  "00/pairs": first.pairs,
  "00/peak": first.peak,
  "00/gap": first.gap,
  "00/p-value": first.pValue,
  "00/orders": first.orders,
  "01/correlation": meg.correlation,
  "01/by-hand": meg.byHand,
  "01/samples": meg.samples,
  "01/faces-only": meg.facesOnly,
  "01/own-peaks": meg.ownPeaksAbove,
  "02/corner": searchlight.corner,
  "02/across-runs": searchlight.acrossRuns,
  "02/own-model": searchlight.ownModel,
  "02/people": searchlight.people,
  "03/best-layer": regions.bestLayer,
  "03/joint": regions.joint,
  "03/ceiling": regions.ceiling,
  "03/false-alarms": regions.falseAlarms,
  "03/unique": networks.unique,
  "03/mixed-pairs": networks.mixedPairs,
  "03/pooled": networks.pooled,
  "03/prepared": networks.preparedLevel,
  "04/pixel": encoding.pixel,
  "04/delay": encoding.delay,
  "04/r2-by-hand": encoding.r2ByHand,
  "04/folds": encoding.folds,
  "05/test-pairs": imagePairs.testPairs,
  "05/leak": imagePairs.leak,
  "05/symmetric": imagePairs.symmetric,
  "05/units": imagePairs.units,
  "06/features": sources.features,
  "06/length": sources.length,
  "06/regularise": sources.regularise,
  "06/region": sources.region,
  "06/air": sources.air,
  "07/smallest-p": group.smallestP,
  "07/interval": group.interval,
  "07/paired": group.paired,
  "07/mass": group.mass,
  "07/duration": group.duration,
  "08/volume": scans.volume,
  "08/dof": scans.dof,
  "08/by-hand": scans.byHand,
  "08/below-zero": scans.belowZero,
  "08/fdr": scans.fdr,
  "09/blur": richer.blur,
  "09/lasts": richer.lasts,
  "09/stopped": richer.stopped,
  "09/common": richer.common,
  "09/smallest": richer.smallest,
  "09/percent": richer.percent,
} as const;
