import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import type { AnnouncedCell } from "./dap.ts";
import { murmur2 } from "./murmur2.ts";

export const hashSeed = 0xc70f6907;
export const prefix = join(tmpdir(), `tsrsa_${process.pid}`) + sep;
export const suffix = ".ts";

/** The path by which a front end knows the text of a cell; no file need be there. */
export function pathOf(source: string): string {
  return `${prefix}${murmur2(source, hashSeed)}${suffix}`;
}

/** A place in a script of V8, counted from 0. */
export interface Place {
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

/** Where, in a script, the nearest line of the text begins that has code. */
export function placesOf({ pieces }: AnnouncedCell, line: number): Place[] {
  const lines = pieces.map(([, , own]) => own).filter((own) => own >= line);
  const nearest = lines.length === 0 ? line : Math.min(...lines);
  const starts = pieces.filter(([, , own], i) => own === nearest && pieces[i - 1]?.[2] !== nearest);
  return starts.map(([at, column]) => ({ lineNumber: at - 1, columnNumber: column - 1 }));
}

/** The line of the text that a place of the script is in. */
export function lineOf({ pieces }: AnnouncedCell, { lineNumber, columnNumber = 0 }: Place): number {
  const before = pieces.findLast(
    ([line, column]) =>
      line - 1 < lineNumber || (line - 1 === lineNumber && column - 1 <= columnNumber),
  );
  return (before ?? pieces[0])?.[2] ?? 1;
}
