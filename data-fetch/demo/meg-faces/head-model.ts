import type { FifChannel, FifInverse } from "../../../src/io/fif/index.ts";
import type { Hemisphere } from "../cortex/hemisphere.ts";
import { sourceSpaceOf } from "../cortex/source-space.ts";
import { sourceLevels } from "./anatomy.ts";
import { gainOf } from "./gain.ts";
import { inverseOf, whitenedGain } from "./inverse.ts";
import { fieldPatterns, plantedParcels, sourcesIn } from "./planted-fields.ts";
import { noiseSd } from "./sensors.ts";

/** The brain lies this far from the middle of the helmet: towards its back, m. */
const moveM = [0, -0.035, 0.005] as const;

/** What the participant's cortex is for the sensors. */
export interface HeadModel {
  readonly inverse: FifInverse;
  /** Patterns of the field of the planted codes, patterns × channels each, in units of the noise. */
  readonly patterns: { readonly pixels: Float64Array; readonly network: Float64Array };
}

/** The operator of the participant, and the fields of the places where codes are planted. */
export function headModel(meg: readonly FifChannel[], cortex: readonly Hemisphere[]): HeadModel {
  const [{ sphere }] = cortex;
  const how = { subject: "sub-02", levels: sourceLevels, moveM };
  const spaces = cortex.map((half) => sourceSpaceOf(half, how));
  const gain = gainOf(meg, spaces);
  const variances = Float64Array.from(meg, (channel) => noiseSd(channel) ** 2);
  const whitened = whitenedGain(gain, variances);
  const patternsOf = (names: readonly string[]) =>
    fieldPatterns(gain, whitened, sourcesIn(spaces, sphere, names));
  const mriToHead = Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 1 : 0));
  moveM.forEach((metres, k) => (mriToHead[4 * k + 3] = metres));
  return {
    inverse: inverseOf(meg, gain, spaces, mriToHead),
    patterns: {
      pixels: patternsOf(plantedParcels.pixels),
      network: patternsOf(plantedParcels.network),
    },
  };
}
