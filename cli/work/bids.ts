import {
  openBids,
  type BidsData,
  type BidsRun,
  type BidsRunQuery,
} from "../../src/io/bids/index.ts";
import { nameOption } from "../option-values.ts";
import { shown } from "../shown.ts";

/** Which runs of a data set, as the commands that take one know them. */
export interface BidsQueryArguments {
  readonly derivatives?: readonly string[];
  readonly subject?: readonly string[];
  readonly task?: string;
  readonly space?: string;
  readonly resolution?: string;
  readonly hemisphere?: string;
  readonly pipeline?: string;
}

/** The options of `tsrsa bids`. */
export interface BidsArguments extends BidsQueryArguments {
  readonly json?: true;
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

/** Print what there is; with a task, space, resolution or pipeline each run of it. */
export async function runBids(folder: string, options: BidsArguments): Promise<void> {
  const data = await openBidsOf(folder, options);
  const query = queryOf(options);
  const { subject, ...more } = query;
  const asksForRuns = Object.keys(more).length > 0;
  const rows = asksForRuns
    ? (await data.runs(query)).map(rowOf)
    : (await data.overview()).filter(
        (row) => subject === undefined || [subject].flat().includes(String(row.subject)),
      );
  const { subjects, pipelines, notes } = data;
  const found = asksForRuns ? { runs: rows } : { images: rows };
  if (options.json === true) console.log(JSON.stringify({ subjects, pipelines, ...found, notes }));
  else
    for (const line of [...linesOf(rows), ...notes.map((note) => `note: ${note}`)])
      console.log(shown(line));
}

function rowOf(run: BidsRun): Record<string, string | number> {
  const { subject, session, task, space, resolution, nVolumes, repetitionTimeS, missing } = run;
  return {
    ...{ subject, session: session ?? "", task: task ?? "", run: run.run ?? "" },
    ...{ space: space ?? "", resolution: resolution ?? "", volumes: nVolumes ?? "" },
    tr: repetitionTimeS ?? "",
    missing: missing.join(", "),
    bold: run.bold,
  };
}

/** Rows as aligned text under their names. */
function linesOf(rows: readonly Record<string, string | number>[]): string[] {
  if (rows.length === 0) return ["no functional images"];
  const names = Object.keys(rows[0]);
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name])))];
  const widths = names.map((_, at) => Math.max(...cells.map((line) => line[at].length)));
  return cells.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at]))
      .join("  ")
      .trimEnd(),
  );
}
