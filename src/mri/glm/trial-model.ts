import type { NamedColumn } from "./drifts.ts";
import type { Trial } from "./trial-table.ts";

/** Names of {@link TrialMethod}. */
export const trialMethods = ["lss", "lsa"] as const;

/** How single trials are told apart: each with a design of its own (LSS), or all in one (LSA). */
export type TrialMethod = (typeof trialMethods)[number];

/** A run's trials as columns, over the volumes that count. */
export interface TrialModel {
  readonly trials: readonly Trial[];
  /** Column k of trial i at [i][k]. */
  readonly columns: readonly (readonly Float64Array[])[];
  readonly nuisance: readonly NamedColumn[];
  readonly kept: Int32Array;
  /** Seconds from sample to sample of the grid on which events lie. */
  readonly finestS: number;
}

/** What a trial is called: its item and its place in time. */
export function trialName({ item, trial, onset }: Trial): string {
  return `${trial} (${item}, at ${onset} s)`;
}
