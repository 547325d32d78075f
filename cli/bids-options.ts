import type { Command } from "commander";
import { numberOption } from "./option-values.ts";
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
  readonly structure?: string;
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
      "--tr <s>",
      "with --bids: seconds from volume to volume, where no file says it",
      numberOption("--tr"),
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
