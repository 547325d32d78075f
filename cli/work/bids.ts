import type { BidsData, BidsRun } from "../../src/io/bids/index.ts";
import type { BidsQueryArguments } from "../bids-options.ts";
import { openBidsOf, queryOf } from "./bids-runs.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";

/** The options of `tsrsa bids`. */
export interface BidsArguments extends BidsQueryArguments {
  readonly json?: true;
}

/** Print what there is; with a task, space, resolution or pipeline each run of it. */
export async function runBids(folder: string, options: BidsArguments): Promise<void> {
  const data = await openBidsOf(folder, options);
  const query = queryOf(options);
  const { subject, ...more } = query;
  const asked = subject === undefined ? undefined : askedOf(data, [subject].flat());
  const asksForRuns = Object.keys(more).length > 0;
  const rows = asksForRuns
    ? (await data.runs(query)).map(rowOf)
    : (await data.overview()).filter((row) => asked?.includes(String(row.subject)) ?? true);
  const { subjects, pipelines, notes } = data;
  const found = asksForRuns ? { runs: rows } : { images: rows };
  if (options.json === true) console.log(JSON.stringify({ subjects, pipelines, ...found, notes }));
  else
    for (const line of [...linesOf(rows), ...notes.map((note) => `note: ${note}`)])
      console.log(shown(line));
}

/** Subjects with or without `sub-`. Throws `UsageError` for who is not there. */
function askedOf({ subjects }: BidsData, asked: readonly string[]): string[] {
  return asked.map((name) => {
    const subject = name.replace(/^sub-/, "");
    if (subjects.includes(subject)) return subject;
    throw new UsageError(`--subject ${name}: there are ${subjects.slice(0, 40).join(", ")}`);
  });
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
