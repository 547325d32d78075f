export { prepareModels, rsaMetricNames } from "./prepare-models.ts";
export type { PrepareModelsOptions, PreparedModels, RsaMetric } from "./prepare-models.ts";
export { rsa } from "./rsa.ts";
export type { RsaOptions } from "./rsa.ts";
export { RsaResult } from "./rsa-result.ts";
export type { RsaResultParts } from "./rsa-result.ts";
