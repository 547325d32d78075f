import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { matrix, type Matrix } from "../../core/matrix.ts";
import { fileNameOf } from "#platform/files";
import { readUnpacked } from "../gzip/read-unpacked.ts";
import { asciiText } from "./ascii-text.ts";

/** Some vertices of one hemisphere. */
export interface FreesurferLabel {
  /** Without hemisphere and ending. */
  readonly name: string;
  /** By the name of the file, `lh.` or `-lh`; undefined where it does not say. */
  readonly hemisphere: "left" | "right" | undefined;
  /** Numbers of vertices of the full mesh, ascending. −1 for a place that no vertex was given to. */
  readonly vertices: Int32Array;
  /** Vertices × 3, in metres. */
  readonly positionsM: Matrix<Float64Array>;
  readonly values: Float64Array;
}

/**
 * Read FreeSurfer's `.label` file, sorted by vertex. Agrees with `mne.read_label`.
 *
 * @throws FileFormatError when it is damaged or no such file; MissingFile.
 * @example
 * import { readFreesurferLabel } from "tsrsa/io";
 * async function verticesOf(path: string) {
 *   return (await readFreesurferLabel(path)).vertices;
 * }
 */
export async function readFreesurferLabel(input: FileInput): Promise<FreesurferLabel> {
  const { name, bytes } = await readUnpacked(input);
  const lines = asciiText(bytes, name).trimEnd().split(/\r?\n/);
  const count = countOf(lines, name);
  const rows = lines.slice(2).map((line, at) => rowOf(line, at, name));
  rows.sort(([a], [b]) => a - b);
  checkOnce(rows, name);
  return {
    ...namesOf(input, name),
    vertices: Int32Array.from(rows, ([vertex]) => vertex),
    positionsM: matrix(
      Float64Array.from(rows.flatMap(([, x, y, z]) => [x / 1000, y / 1000, z / 1000])),
      [count, 3],
    ),
    values: Float64Array.from(rows, (row) => row[4]),
  };
}

function countOf(lines: readonly string[], file: string): number {
  const text = (lines[1] ?? "").trim();
  if (!lines[0]?.startsWith("#") || !/^\d{1,9}$/.test(text))
    throw new FileFormatError(
      file,
      "first two lines",
      "a comment and a number",
      JSON.stringify(text.slice(0, 20)),
    );
  if (Number(text) !== lines.length - 2)
    throw new FileFormatError(
      file,
      "number of vertices",
      `${lines.length - 2}, as many as there are lines`,
      text,
    );
  return Number(text);
}

function rowOf(line: string, at: number, file: string): number[] {
  const words = line.trim().split(/\s+/);
  const row = words.map((word) => (word === "" ? NaN : Number(word)));
  const ok = row.length === 5 && row.every(Number.isFinite);
  if (ok && Number.isInteger(row[0]) && row[0] >= -1 && row[0] < 2 ** 31) return row;
  throw new FileFormatError(
    file,
    `line ${at + 3}`,
    "vertex, x, y, z and value",
    JSON.stringify(line.slice(0, 40)),
  );
}

function checkOnce(rows: readonly (readonly number[])[], file: string): void {
  const twice = rows.find(([vertex], at) => vertex >= 0 && at > 0 && rows[at - 1][0] === vertex);
  if (twice !== undefined)
    throw new FileFormatError(file, "vertices", "each once", `${twice[0]} twice`);
}

function namesOf(input: FileInput, file: string): Pick<FreesurferLabel, "name" | "hemisphere"> {
  const isPath = typeof input === "string" || input instanceof URL;
  const stem = (isPath ? fileNameOf(input) : file).replace(/\.label$/, "");
  const found = /^([lr])h\.(.*)$/.exec(stem) ?? /^()(.*)-([lr])h$/.exec(stem);
  const side = found?.[1] || found?.[3];
  return {
    name: found?.[2] ?? stem,
    hemisphere: side === undefined ? undefined : side === "l" ? "left" : "right",
  };
}
