import { oneOf } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import { noiseModels, type NoiseModel } from "../../stats/regression/moments.ts";
import { runModelNames, type RunModelOptions } from "./first-level.ts";
import { otherTrials, type OtherTrials } from "./lss-designs.ts";
import { trialMethods, type TrialMethod } from "./trial-model.ts";
import { patternKinds, type PatternKind } from "./patterns.ts";

/** What `trialBetas` takes. */
export interface TrialBetasOptions extends RunModelOptions {
  /**
   * `lss` (default): a design a trial, in which all other trials are one column (Mumford et al. 2012), for trials near
   * each other. `lsa`: one design with a column a trial.
   */
  readonly method?: TrialMethod;
  /** For `lss`, what the other trials are: `one` column (default), or one a condition (`perCondition`). */
  readonly others?: OtherTrials;
  /** Amplitudes (`beta`, default), or their `t`. */
  readonly kind?: PatternKind;
  /** Independent noise (`ols`, default), or noise that follows on that of the volume before (`ar1`). */
  readonly noise?: NoiseModel;
}

/** Their names, for the check of options. */
export const trialBetasNames: OptionNames<TrialBetasOptions> = {
  ...runModelNames,
  method: oneOf(trialMethods),
  others: oneOf(otherTrials),
  kind: oneOf(patternKinds),
  noise: oneOf(noiseModels),
};
