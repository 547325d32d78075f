import { existsSync, statSync } from "node:fs";
import { sha256Of } from "../../data-fetch/verify.ts";
import type { NotebookFile } from "./find-notebook.ts";
import { codeSha256 } from "../protocol/code-hash.ts";
import { importedCode } from "../protocol/imported-files.ts";
import { writtenCalls } from "../protocol/written-calls.ts";
import type { CodeFile, WrittenCall } from "../../src/report/run.ts";
import { bundlesOf, objectsOf, runMime, textOf } from "./bundles.ts";
import type { Parameters } from "./parameters.ts";
import type { RecordedDraw, RecordedSource } from "../../src/core/run-record.ts";
import { cellLabel } from "./reporter.ts";
import type { NotebookRun, RunFailure } from "./run-notebook.ts";
import { packageVersions } from "./versions.ts";

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
  /** Versions of the packages that the cells import. */
  readonly packages: Readonly<Record<string, string>>;
  /** Seeds by parameter, and by call that drew random numbers. */
  readonly seeds: Readonly<Record<string, unknown>>;
  /** Options of every call that drew random numbers. */
  readonly draws: readonly RecordedDraw[];
  /** Data sets that were located. */
  readonly sources: readonly RecordedSource[];
  /** Every file that was read; no hash where it is no longer there. */
  readonly data: readonly DataFile[];
  /** Sentences of the notebook that were checked against its numbers, and those that do not hold. */
  readonly claims: { readonly checked: number; readonly failed: readonly string[] };
  /** Exercises that were checked: those solved, and those not. */
  readonly exercises: { readonly passed: readonly string[]; readonly failed: readonly string[] };
  /** The most memory the process that ran the cells had. */
  readonly memoryMb: number;
  readonly started: string;
  readonly finished: string;
  readonly seconds: number;
  readonly cells: readonly { cell: number; label: string; seconds: number; status: string }[];
  readonly results: Readonly<Record<string, unknown>>;
  readonly figures: readonly string[];
  /** The words under each figure. */
  readonly legends: readonly string[];
  /** Of the code cells, as `tsrsa protocol` has it. */
  readonly codeSha256: string;
  /** Analyses as the code has them, with the options that stand there. */
  readonly calls: readonly WrittenCall[];
  /** Files of one's own that the code imports. */
  readonly files: readonly CodeFile[];
}

/** A file that was read. */
export interface DataFile {
  readonly path: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
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
  const imported = importedCode(run.cells, input.notebook.folder);
  return {
    notebook: input.notebook.path,
    status: run.failure === undefined ? "ok" : "error",
    ...(run.failure === undefined ? {} : { error: failureOf(run, run.failure) }),
    tsrsa: input.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    parameters,
    packages: packageVersions(run.cells, input.notebook.folder),
    seeds: {
      ...seedsIn(parameters),
      ...seedsOf(run.notes?.draws ?? []),
      ...named(run, runMime.seed, "seed"),
    },
    draws: run.notes?.draws ?? [],
    sources: run.notes?.sources ?? [],
    data: await dataFiles(run, parameters),
    claims: claimsOf(run),
    exercises: exercisesOf(run),
    memoryMb: run.notes?.memoryMb ?? 0,
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
    legends: legendsOf(run),
    codeSha256: codeSha256(run.cells),
    calls: [...writtenCalls(run.cells), ...imported.calls],
    files: imported.files,
  };
}

/** Values the notebook gave a name, in the order it gave them. */
export function namedResults(run: NotebookRun): Record<string, unknown> {
  return named(run, runMime.result, "value");
}

/** The words under figures: what a figure says of itself after its picture in words. */
function legendsOf(run: NotebookRun): string[] {
  return bundlesOf(run).flatMap((bundle) => {
    if (textOf(bundle, "image/svg+xml") === undefined) return [];
    const [, ...caption] = (textOf(bundle, "text/plain") ?? "").split("\n");
    return [caption.join(" ").trim()];
  });
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

/** The seed of each call; of a call with several seeds, all of them. */
function seedsOf(draws: readonly RecordedDraw[]): Record<string, unknown> {
  const byCall = new Map<string, Set<unknown>>();
  for (const { call, options } of draws)
    if ("seed" in options) byCall.set(call, (byCall.get(call) ?? new Set()).add(options["seed"]));
  return Object.fromEntries(
    [...byCall].map(([call, seeds]) => [call, seeds.size === 1 ? [...seeds][0] : [...seeds]]),
  );
}

function claimsOf(run: NotebookRun): RunRecord["claims"] {
  const claims = objectsOf(run, runMime.claim);
  const failed = claims.filter(({ holds }) => holds !== true).map(({ text }) => String(text));
  return { checked: claims.length, failed };
}

/** An exercise that was checked more than once counts by its last check. */
function exercisesOf(run: NotebookRun): RunRecord["exercises"] {
  const last = new Map(
    objectsOf(run, runMime.check).map(({ name, passed }) => [String(name), passed === true]),
  );
  const named = (wanted: boolean): string[] =>
    [...last].flatMap(([name, passed]) => (passed === wanted ? [name] : []));
  return { passed: named(true), failed: named(false) };
}

async function dataFiles(run: NotebookRun, parameters: Parameters): Promise<DataFile[]> {
  const said = objectsOf(run, runMime.data).map(({ path, sha256, bytes }) => ({
    path: String(path),
    sha256: String(sha256),
    bytes: Number(bytes),
  }));
  const given = Object.values(parameters).filter(
    (value): value is string => typeof value === "string" && isFile(value),
  );
  const known = new Set(said.map(({ path }) => path));
  const paths = new Set([...given, ...(run.notes?.files ?? [])].filter((path) => !known.has(path)));
  const files: DataFile[] = said;
  for (const path of paths) files.push(await fileOf(path));
  return files;
}

async function fileOf(path: string): Promise<DataFile> {
  if (!isFile(path)) return { path, sha256: null, bytes: null };
  return { path, sha256: await sha256Of(path), bytes: statSync(path).size };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
