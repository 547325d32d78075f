import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Matrix } from "../../../src/core/matrix.ts";

const folder = join(import.meta.dirname, "..", "..", "reference");

/** An array as the reference files have it. */
export interface Stored {
  readonly shape: number[];
  readonly data: number[];
}

/** One cluster test by brute force over every relabelling, with MNE-Python 1.13's clustering. */
export interface ClusterCase {
  readonly name: "X" | "Y" | "Z" | "Zm" | "two";
  readonly tail: -1 | 0 | 1;
  readonly threshold: number | null;
  readonly tfce: { start: number; step: number; h_power?: number; e_power?: number } | null;
  readonly adjacency?: "spatial" | "lattice" | "mask";
  readonly shape: number[];
  readonly t: number[];
  readonly clusters: number[][] | null;
  readonly sums: number[];
  readonly H0: number[];
  readonly p: number[];
}

/** References made with numpy, scipy and MNE-Python 1.13. */
export interface PermutationReference {
  readonly t: { t: number[]; dof: number[]; sf: number[][]; p: number[]; isf: number[][] };
  readonly fdr: {
    readonly p: number[];
    readonly bh: number[];
    readonly by: number[];
    readonly bhReject: boolean[];
    readonly bonferroni: number[];
  };
  readonly X: Stored;
  readonly Y: Stored;
  readonly Z: Stored;
  readonly mask: Stored;
  readonly G2: Stored;
  readonly adjacency: Stored;
  readonly clusters: ClusterCase[];
  readonly mneExact: { t: number[]; clusters: number[][]; p: number[]; H0: number[] };
  readonly signFlip: Record<"t" | "mneP" | "max" | "p" | "greater" | "maxGreater", number[]>;
}

/** MNE-Python 1.3's own answers. */
export interface StatsReference {
  readonly cases: {
    readonly tail: number;
    readonly threshold: number | null;
    readonly p?: Stored;
    readonly output: { T_obs: Stored; p: Stored; H0: Stored; clusters: Stored[] };
  }[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));

export const permutationReference = read("stats/permutation.json") as PermutationReference;
export const statsReference = read("rsa/stats.json") as StatsReference;

/** A stored array as a matrix. */
export function stored({ shape, data }: Stored): Matrix<Float64Array> {
  return { shape, data: Float64Array.from(data) };
}
