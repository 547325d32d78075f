export { readGlmSingle, type ReadGlmSingleOptions } from "./read-glm-single.ts";
export { readSpmBetas, type ReadSpmBetasOptions } from "./read-spm-betas.ts";
export { readStatMaps, type ReadStatMapsOptions } from "./read-stat-maps.ts";
