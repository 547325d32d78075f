export type { Adjacency } from "./adjacency.ts";
export { ClusterTest, type Cluster, type ClusterTestParts } from "./cluster-test.ts";
export type { LabelledObservations } from "./labelled-observations.ts";
export type { NamedNeighbours } from "./named-neighbours.ts";
export type { TfceOptions } from "./enhance.ts";
export {
  permutationClusterTest,
  type PermutationClusterOptions,
} from "./permutation-cluster-test.ts";
export {
  permutationTTest,
  type PermutationTOptions,
  type PermutationTResult,
} from "./permutation-t-test.ts";
export type { Tail } from "./tail.ts";
