import { object, oneOf, text, texts, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { InvalidArgument } from "../core/errors.ts";
import type { Kind } from "../core/gate/kinds.ts";

/** Who computes the blocks of long work. */
export type EngineDriver = "local" | "slurm" | "export" | "plan" | "merge";

export const engineDrivers: readonly EngineDriver[] = ["local", "slurm", "export", "plan", "merge"];

/** What a Slurm cluster is asked for, for every task. */
export interface SlurmOptions {
  readonly partition?: string;
  readonly account?: string;
  /** Longest time of a task, as `sbatch --time` has it: `01:30:00`. */
  readonly time?: string;
  /** Memory of a task, as `sbatch --mem` has it: `4G`. Default: what the cluster gives. */
  readonly memory?: string;
  /** Tasks that run at once at most. Default: as many as the cluster has room for. */
  readonly atOnce?: number;
  /** Cores of a task. Default 1. */
  readonly cores?: number;
  /** Further options of `sbatch`, as they are: `["--qos=long"]`. */
  readonly sbatch?: readonly string[];
}

/** Where long work is done in blocks. */
export interface EngineOptions {
  /**
   * `local`: processes of this machine. `slurm`: job arrays of a cluster. `export`: a list of commands for GNU parallel,
   * SGE or Snakemake. `plan`: write the plan and compute nothing. `merge`: compute nothing, put together what is there.
   */
  readonly driver: EngineDriver;
  /** Folder of plans, arrays and blocks, which every process sees. What is in it is not computed again. */
  readonly folder: string;
  /** In how many chunks blocks are handed out; the numbers are the same for any. Default: by driver and cost. */
  readonly chunks?: number;
  /** `local`: processes at once. Default: one for each core. */
  readonly processes?: number;
  /** How often lost blocks are asked for again before it is an error. Default 5. */
  readonly rounds?: number;
  readonly slurm?: SlurmOptions;
  /** How `tsrsa` is called, the program first. Default: this package's, with the Node that runs. */
  readonly command?: readonly string[];
  /** Command line and folder of who asks, which a plan keeps so that `tsrsa merge` can finish it. */
  readonly asked?: { readonly command: readonly string[]; readonly folder: string };
}

/** An option of work that can be done in blocks. */
export interface EngineJob {
  /** Do the work in blocks: by processes, on a cluster. Default: here, at one go. */
  readonly engine?: EngineOptions;
}

const slurmNames: OptionNames<SlurmOptions> = {
  partition: text,
  account: text,
  time: text,
  memory: text,
  atOnce: whole(1),
  cores: whole(1),
  sbatch: texts,
};

const engineOptionNames: OptionNames<EngineOptions> = {
  driver: oneOf(engineDrivers, "engine"),
  folder: text,
  chunks: whole(1, 1e6),
  processes: whole(1, 1024),
  rounds: whole(1, 100),
  slurm: object,
  command: texts,
  asked: object,
};

const engineKind: Kind = (value, argument) => {
  object(value, argument);
  const engine = value as EngineOptions;
  checkOptions(engine, engineOptionNames);
  if (engine.slurm !== undefined) checkOptions(engine.slurm, slurmNames);
  if (engine.driver === undefined)
    throw new InvalidArgument(
      `${argument}.driver`,
      engine.driver,
      `give one of ${engineDrivers.join(", ")}`,
    );
  if (engine.folder === undefined || engine.folder === "")
    throw new InvalidArgument(`${argument}.folder`, engine.folder, "give a folder for its blocks");
};

/** The name of this option, for the lists of those that take it. */
export const engineNames: OptionNames<EngineJob> = { engine: engineKind };
