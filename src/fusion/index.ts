export { fuse, type FuseOptions, type FusionMeg } from "./fuse.ts";
export { Fusion, type FusionParts } from "./fusion.ts";
export { testFusion, type FusionTest, type TestFusionOptions } from "./test-fusion.ts";
