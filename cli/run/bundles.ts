import type { MimeBundle } from "../../kernel/executor/protocol.ts";
import { joinLines } from "../../kernel/notebook/ipynb.ts";
import type { NotebookRun } from "./run-notebook.ts";

/** MIME types by which a notebook tells the runner things. */
export const runMime = {
  /** `{ name, csv }`: the name of a figure and its data. */
  figure: "application/vnd.tsrsa.figure+json",
  /** `{ name, value }`: a number or other value worth keeping. */
  result: "application/vnd.tsrsa.result+json",
  /** `{ text, holds }`: a sentence checked against the numbers. */
  claim: "application/vnd.tsrsa.claim+json",
  /** `{ name, passed, words }`: what a check said of an exercise. */
  check: "application/vnd.tsrsa.check+json",
  /** `{ name, seed }`: what a random generator was started with. */
  seed: "application/vnd.tsrsa.seed+json",
  /** `{ path, sha256, bytes }`: a data file that was read. */
  data: "application/vnd.tsrsa.data+json",
} as const;

/** Every bundle a run displayed, in the order of the cells. */
export function bundlesOf({ runs }: NotebookRun): MimeBundle[] {
  return [...runs.values()].flatMap(({ outputs }) =>
    outputs.flatMap((output) => ("data" in output ? [output.data] : [])),
  );
}

/** The objects a run displayed under a MIME type; what is no object is left out. */
export function objectsOf(run: NotebookRun, mime: string): Record<string, unknown>[] {
  return objectsIn(bundlesOf(run), mime);
}

/** The objects that bundles hold under a MIME type. */
export function objectsIn(bundles: readonly MimeBundle[], mime: string): Record<string, unknown>[] {
  return bundles
    .map((bundle) => bundle[mime])
    .filter(
      (value): value is Record<string, unknown> => typeof value === "object" && value !== null,
    );
}

/** The text a bundle holds under a MIME type. */
export function textOf(bundle: MimeBundle, mime: string): string | undefined {
  const value = bundle[mime];
  const isLines = Array.isArray(value) && value.every((line) => typeof line === "string");
  if (isLines) return joinLines(value);
  return typeof value === "string" ? value : undefined;
}

/** The run without the values behind its figures: they stand in files of their own, and would swell the notebook. */
export function withoutFigureData(run: NotebookRun): NotebookRun {
  const runs = [...run.runs].map(([cell, finished]) => {
    const outputs = finished.outputs.map((output) =>
      "data" in output ? { ...output, data: without(output.data, runMime.figure) } : output,
    );
    return [cell, { ...finished, outputs }] as const;
  });
  return { ...run, runs: new Map(runs) };
}

function without(bundle: MimeBundle, mime: string): MimeBundle {
  return Object.fromEntries(Object.entries(bundle).filter(([type]) => type !== mime));
}
