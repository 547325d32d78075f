import type { Command } from "commander";
import { openBids, type BidsData, type BidsRun, type BidsRunQuery } from "../src/io/bids/index.ts";
import { InvalidArgument } from "../src/core/errors.ts";
import { readBidsRuns, type BidsGlmRuns, type ConfoundStrategy } from "../src/mri/index.ts";
import { nameOption, numberOption } from "./option-values.ts";
import { UsageError } from "./usage-error.ts";

/** Which runs of a data set. */
export interface BidsQueryArguments {
  readonly derivatives?: readonly string[];
  readonly subject?: readonly string[];
  readonly task?: string;
  readonly space?: string;
  readonly resolution?: string;
  readonly hemisphere?: string;
  readonly pipeline?: string;
}

/** How runs of a data set are modelled. */
export interface BidsModelArguments extends BidsQueryArguments {
  readonly bids?: string;
  readonly strategy?: string;
  readonly item?: string;
  readonly highPass?: number;
  readonly tr?: number;
  readonly sliceTimeRef?: number;
  readonly overwrite?: true;
}

/** The options of commands that take runs of a data set. */
export function addQueryOptions(command: Command): Command {
  return command
    .option("--derivatives <folder...>", "derivatives that lie elsewhere")
    .option("--subject <name...>", "only these")
    .option("--task <name>", "the runs of a task")
    .option("--space <name>", "their space, where there are several")
    .option("--resolution <name>", "their resolution, where there are several")
    .option("--hemisphere <L|R>", "one hemisphere of surfaces")
    .option("--pipeline <name>", "one of several derivatives, or raw");
}

/** `--bids` and what belongs to it. */
export function addBidsOptions(command: Command): Command {
  return addQueryOptions(
    command
      .option("--bids <folder>", "runs, events and masks of a data set in BIDS")
      .option("--overwrite", "with --bids: write over what is there"),
  );
}

/** How trials of a data set are modelled, where a command has no such options yet. */
export function addModelOptions(command: Command): Command {
  return command
    .option(
      "--strategy <name>",
      "with --bids: confounds, motion6, motion24, wm-csf, acompcor or scrub",
    )
    .option("--item <column>", "with --bids: the column of the events that names items")
    .option(
      "--high-pass <hz>",
      "with --bids: slowest changes left in the signal",
      numberOption("--high-pass"),
    )
    .option(
      "--slice-time-ref <share>",
      "with --bids: to which moment of a volume slices were shifted, where no file says it",
      numberOption("--slice-time-ref"),
    );
}

/** Files, or a data set: one of the two. */
export function checkOneSource(file: unknown, { bids }: BidsModelArguments): void {
  if ((file === undefined) === (bids === undefined))
    throw new UsageError("give an image, or a data set with --bids: one of the two");
}

/** Open the data set of a command. */
export function openBidsOf(folder: string, { derivatives }: BidsQueryArguments): Promise<BidsData> {
  return openBids(derivatives === undefined ? folder : { raw: folder, derivatives });
}

/** Which runs a command asks for. */
export function queryOf(options: BidsQueryArguments): BidsRunQuery {
  const { subject, task, space, resolution, hemisphere, pipeline } = options;
  return {
    ...(subject !== undefined && { subject }),
    ...(task !== undefined && { task }),
    ...(space !== undefined && { space }),
    ...(resolution !== undefined && { resolution }),
    ...(hemisphere !== undefined && {
      hemisphere: nameOption("--hemisphere", ["L", "R"] as const)(hemisphere),
    }),
    ...(pipeline !== undefined && { pipeline }),
  };
}

/** Strategies of the command line. */
export const strategies = ["motion6", "motion24", "wm-csf", "acompcor", "scrub"] as const;

/** Strategies as given, several between commas. */
export function strategyOf(text: string | undefined): ConfoundStrategy[] | undefined {
  return text?.split(",").map(nameOption("--strategy", strategies));
}

/** The runs of one person. */
export interface PersonRuns extends BidsGlmRuns {
  /** Entities that all runs have. */
  readonly entities: Readonly<Record<string, string>>;
  /** Files that a model of them is made of. */
  readonly sources: readonly string[];
}

/** The runs of every person that a command asks for, one after the other. */
export async function* peopleOf(
  data: BidsData,
  options: BidsModelArguments,
): AsyncGenerator<PersonRuns> {
  const query = queryOf(options);
  const strategy = strategyOf(options.strategy);
  const { sliceTimeRef, tr } = options;
  const found = await data.runs(query);
  if (found.length === 0) throw new InvalidArgument("--bids", options.bids, "it has no such run");
  for (const subject of new Set(found.map((run) => run.subject))) {
    const runs = await readBidsRuns(
      data,
      { ...query, subject },
      {
        ...(strategy !== undefined && { confounds: { strategy, missing: "first-row-zero" } }),
        ...(tr !== undefined && { tr }),
        ...(sliceTimeRef !== undefined && { sliceTimeRef }),
      },
    );
    yield { ...runs, entities: common(runs.found), sources: runs.found.flatMap(filesOf) };
  }
}

function common(found: readonly BidsRun[]): Record<string, string> {
  const entries = Object.entries(found[0].entities).filter(([key, value]) =>
    found.every(({ entities }) => entities[key] === value),
  );
  return Object.fromEntries(entries.filter(([key]) => !["desc", "run", "echo"].includes(key)));
}

function filesOf({ bold, mask, events, confounds }: BidsRun): string[] {
  return [bold, mask, events, confounds].filter((path) => path !== null);
}
