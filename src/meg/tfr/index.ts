export { rsaTfr, type RsaTfrOptions } from "./rsa-tfr.ts";
export {
  tfrAverage,
  tfrAverages,
  tfrEpochs,
  tfrQuantities,
  type TfrAverage,
  type TfrAverageOptions,
  type TfrEpochsOptions,
  type TfrOptions,
  type TfrQuantity,
} from "./tfr-epochs.ts";
export {
  tfrBaselineModes,
  type MorletOptions,
  type TfrBaseline,
  type TfrBaselineMode,
} from "./tfr-options.ts";
export { stackTfr, TfrScores, type TfrScoresParts } from "./tfr-scores.ts";
export { TimeFrequency, type TimeFrequencyParts } from "./time-frequency.ts";
