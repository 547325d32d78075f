export type { EngineDriver, EngineJob, EngineOptions, SlurmOptions } from "./engine-options.ts";
export { BlocksMissing, ClusterFailed, OtherMachine } from "./errors.ts";
