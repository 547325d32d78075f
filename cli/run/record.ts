import { existsSync, statSync } from "node:fs";
import { sha256Of } from "../../data-fetch/verify.ts";
import type { NotebookFile } from "./find-notebook.ts";
import { objectsOf, runMime } from "./bundles.ts";
import type { Parameters } from "./parameters.ts";
import { cellLabel } from "./reporter.ts";
import type { NotebookRun, RunFailure } from "./run-notebook.ts";

/** What run.json holds: enough to say later what was run, on what, and what came out. */
export interface RunRecord {
  readonly notebook: string;
  readonly status: "ok" | "error";
  readonly error?: Omit<RunFailure, "cell"> & { readonly cell: number };
  readonly tsrsa: string;
  readonly node: string;
  readonly platform: string;
  /** Their values in this run, given or not. */
  readonly parameters: Parameters;
  readonly seeds: Readonly<Record<string, unknown>>;
  readonly data: readonly { path: string; sha256: string; bytes: number }[];
  readonly started: string;
  readonly finished: string;
  readonly seconds: number;
  readonly cells: readonly { cell: number; label: string; seconds: number; status: string }[];
  readonly results: Readonly<Record<string, unknown>>;
  readonly figures: readonly string[];
}

export interface RecordInput {
  readonly notebook: NotebookFile;
  readonly run: NotebookRun;
  readonly started: Date;
  readonly finished: Date;
  readonly figures: readonly string[];
  readonly version: string;
}

/** The record of a run. */
export async function makeRecord(input: RecordInput): Promise<RunRecord> {
  const { run, started, finished } = input;
  const { parameters } = run;
  return {
    notebook: input.notebook.path,
    status: run.failure === undefined ? "ok" : "error",
    ...(run.failure === undefined ? {} : { error: failureOf(run, run.failure) }),
    tsrsa: input.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    parameters,
    seeds: { ...seedsIn(parameters), ...named(run, runMime.seed, "seed") },
    data: await dataFiles(run, parameters),
    started: started.toISOString(),
    finished: finished.toISOString(),
    seconds: (finished.getTime() - started.getTime()) / 1000,
    cells: [...run.runs].map(([at, { executionCount, seconds, status }]) => ({
      cell: executionCount,
      label: cellLabel(run.cells, at),
      seconds: Number(seconds.toFixed(4)),
      status,
    })),
    results: namedResults(run),
    figures: input.figures,
  };
}

/** Values the notebook gave a name, in the order it gave them. */
export function namedResults(run: NotebookRun): Record<string, unknown> {
  return named(run, runMime.result, "value");
}

function failureOf(run: NotebookRun, failure: RunFailure): RunRecord["error"] {
  return { ...failure, cell: run.runs.get(failure.cell)?.executionCount ?? 0 };
}

function named(run: NotebookRun, mime: string, key: string): Record<string, unknown> {
  return Object.fromEntries(
    objectsOf(run, mime)
      .filter(({ name }) => typeof name === "string")
      .map((object): [string, unknown] => [String(object.name), object[key] ?? null]),
  );
}

function seedsIn(parameters: Parameters): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => /seed|randomState/i.test(name)),
  );
}

async function dataFiles(run: NotebookRun, parameters: Parameters): Promise<RunRecord["data"]> {
  const said = objectsOf(run, runMime.data).map(({ path, sha256, bytes }) => ({
    path: String(path),
    sha256: String(sha256),
    bytes: Number(bytes),
  }));
  const given = Object.values(parameters).filter(
    (value): value is string =>
      typeof value === "string" && existsSync(value) && statSync(value).isFile(),
  );
  const hashed = given.map(async (path) => ({
    path,
    sha256: await sha256Of(path),
    bytes: statSync(path).size,
  }));
  return [...said, ...(await Promise.all(hashed))];
}
