import type { BlockSet } from "../block-set.ts";
import type { EngineOptions } from "../engine-options.ts";

/** How blocks are asked for. */
export interface DriveOptions {
  readonly signal?: AbortSignal;
  /** Called with how many blocks of the set are there. */
  readonly onDone?: (done: number) => void;
  /** Called with what a person should know. Default: standard error. */
  readonly say?: (line: string) => void;
}

/** A round: some chunks to be computed. */
export interface Round {
  readonly set: BlockSet;
  readonly engine: EngineOptions;
  /** Number of chunks in all, and those that hold a missing block. */
  readonly nChunks: number;
  readonly chunks: readonly number[];
  /** The plan, or list of plans, that a chunk is told. */
  readonly target: string;
  /** How a chunk is called, but for its number. */
  readonly command: readonly string[];
  readonly options: DriveOptions;
}

/** Has chunks computed; comes back when no more is to be expected of this round, whether all succeeded or not. */
export type Driver = (round: Round) => Promise<RoundEnd>;

/** What a round has to say when blocks are still missing. */
export interface RoundEnd {
  /** Why chunks failed, in their own words; empty when nobody knows. */
  readonly failures: readonly string[];
  /** False: asking again would give the same. Default true. */
  readonly again?: boolean;
}
