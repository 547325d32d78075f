import type { JobOptions } from "../core/job.ts";
import type { NumericArray } from "../core/matrix.ts";
import type { Json } from "./canonical-json.ts";

/**
 * A kind of long work that falls into units which nothing connects: patches, voxels, permutations, samples. It is known
 * by name in every process, and makes the same numbers of the same inputs wherever it runs.
 */
export interface BlockWork {
  readonly name: string;
  /** Raised when the same inputs give other numbers. */
  readonly version: number;
  /** Make ready what all blocks need. */
  open(parameters: Json, inputs: BlockInputs): OpenedWork | Promise<OpenedWork>;
}

/** Arrays that the work is done on, by name. */
export type BlockInputs = Readonly<Record<string, NumericArray>>;

/** Work whose inputs are read. */
export interface OpenedWork {
  /** Numbers of the units from … to, as many of each: (to − from) × unitLength. */
  run(from: number, to: number, job: JobOptions): Promise<Float64Array>;
}

/** Work to be done once. */
export interface BlockJob {
  readonly work: BlockWork;
  /** For people: what is computed of which data. */
  readonly label: string;
  readonly parameters: Json;
  readonly inputs: BlockInputs;
  readonly nUnits: number;
  /** Numbers that come out of a unit. */
  readonly unitLength: number;
  /** Units in a block: fixed, so that results stay valid whatever the number of chunks. */
  readonly blockUnits: number;
}
