import { TsrsaError } from "../core/errors.ts";

/** Blocks of long work that are not computed yet; those that are stay where they are. */
export class BlocksMissing extends TsrsaError {
  readonly code = "BLOCKS_MISSING";
  constructor(
    readonly folder: string,
    readonly missing: number,
    readonly total: number,
    advice: string,
  ) {
    super(`${missing} of ${total} blocks in ${folder} are not computed; ${advice}`);
  }
}

/** A block would be computed by other code, another Node or another processor than the plan was made with. */
export class OtherMachine extends TsrsaError {
  readonly code = "OTHER_MACHINE";
  constructor(
    readonly what: string,
    readonly planned: string,
    readonly found: string,
  ) {
    super(
      `the plan was made with ${what} ${planned}, here it is ${found}; numbers of both must not be mixed: run this block where it is the same, or plan anew here`,
    );
  }
}

/** The cluster refuses a job, or nobody answers there. */
export class ClusterFailed extends TsrsaError {
  readonly code = "CLUSTER_FAILED";
  constructor(
    readonly command: string,
    readonly said: string,
    advice: string,
  ) {
    super(`${command}: ${said.trim() || "it said nothing"}; ${advice}`);
  }
}
