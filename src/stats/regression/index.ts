export {
  contrastOf,
  type Contrast,
  type ContrastWeights,
  type NamedWeights,
} from "./contrast-of.ts";
export { ContrastResult, type ContrastParts } from "./contrast-result.ts";
export { fitGlm, type FitGlmOptions, type GlmFit } from "./fit-glm.ts";
export { fixedEffects, type FixedEffectsOptions } from "./fixed-effects.ts";
export type { NoiseModel } from "./moments.ts";
