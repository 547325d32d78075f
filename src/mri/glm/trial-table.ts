import type { Cell } from "../../table/columns.ts";
import { Table } from "../../table/table.ts";
import type { RunEvents } from "./events.ts";

/** One trial of a run. */
export interface Trial {
  /** Number of the trial in its run, from 1, in the order of time. */
  readonly trial: number;
  readonly item: string;
  readonly onset: number;
  readonly duration: number;
  readonly amplitude: number;
  /** Number of its row in the events' table, from 0. */
  readonly row: number;
}

/** Trials in the order of their onsets: a trial is called by its place in time, never by its row. */
export function trialsOf({ events }: RunEvents): Trial[] {
  return [...events]
    .sort((a, b) => a.onset - b.onset || a.row - b.row)
    .map(({ condition, ...event }, at) => ({ ...event, item: condition, trial: at + 1 }));
}

/** The trials of one run and what is known of them. */
export interface RunTrials {
  readonly run: string;
  readonly trials: readonly Trial[];
  readonly events: Table;
  /** Of each trial how much its variance is inflated by others near it; empty where that is not asked. */
  readonly inflation: readonly number[];
}

/** A row a trial: item, run, trial, then all columns of the events' tables. */
export function trialTable(runs: readonly RunTrials[]): Table {
  const rows = runs.flatMap(({ run, trials, events, inflation }) =>
    trials.map((trial, at) => ({
      run,
      trial,
      events,
      inflation: inflation.at(at),
    })),
  );
  const own = ["item", "run", "trial", "onset", "duration", "inflation"];
  const more = [...new Set(runs.flatMap(({ events }) => events.names))].filter(
    (name) => !own.includes(name),
  );
  const column = (of: (row: (typeof rows)[number]) => Cell): Cell[] => rows.map(of);
  return new Table(
    new Map([
      ["item", column(({ trial }) => trial.item)],
      ["run", column(({ run }) => run)],
      ["trial", column(({ trial }) => trial.trial)],
      ["onset", column(({ trial }) => trial.onset)],
      ["duration", column(({ trial }) => trial.duration)],
      ...(rows.some(({ inflation }) => inflation !== undefined)
        ? ([["inflation", column(({ inflation }) => inflation ?? null)]] as const)
        : []),
      ...more.map(
        (name) =>
          [
            name,
            column(({ events, trial }) =>
              events.names.includes(name) ? events.column(name)[trial.row] : null,
            ),
          ] as const,
      ),
    ]),
  );
}
