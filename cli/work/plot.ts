import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { readImage } from "../../src/io/image/index.ts";
import { writeText } from "../../src/core/write-text.ts";
import {
  plotImages,
  plotRdms,
  plotStatMap,
  plotTimeCourse,
  readCsv,
  readHdf5Rdms,
  readNifti,
  type Cell,
  type Figure,
  type Rdm,
  type Table,
} from "../../src/index.ts";
import { writePath } from "#platform/files";
import { checkNewOutput, checkOutput } from "../check-output.ts";
import { readItems } from "../read-column.ts";
import { readRdm } from "../read-rdm.ts";
import { UsageError } from "../usage-error.ts";

/** The options of `tsrsa plot`. */
export interface PlotFlags {
  readonly out?: string;
  readonly items?: string;
}

/** Draws a file, by what it is. Throws `UsageError` for one of another kind. */
export async function plotFile(file: string, flags: PlotFlags): Promise<void> {
  const out = flags.out ?? `${basename(file).replace(/(\.nii)?\.\w+$/, "")}.svg`;
  if (!/\.(svg|png)$/i.test(out))
    throw new UsageError(`--out ${out} ends in neither .svg nor .png`);
  await (flags.out === undefined ? checkNewOutput : checkOutput)(out, [file, flags]);
  const figure = await figureOf(file, flags);
  if (/\.svg$/i.test(out)) await writeText(out, figure.svg);
  else await writePath(out, [await figure.png({ scale: 2 })]);
  console.log(`wrote ${out}\n${figure.caption}`);
}

async function figureOf(file: string, { items }: PlotFlags): Promise<Figure> {
  const names = items === undefined ? undefined : await readItems("--items", items);
  const name = basename(file);
  if (/\.npy$/i.test(name)) return drawRdms([await readRdm(file, names)]);
  if (/\.(h5|hdf5)$/i.test(name)) return drawRdms(await readHdf5Rdms(file));
  if (/\.nii(\.gz)?$/i.test(name)) return plotStatMap(await readNifti(file), { title: name });
  if (/\.csv$/i.test(name)) return drawScores(file);
  if (/\.(png|jpe?g|bmp|webp|tiff?)$/i.test(name))
    return plotImages([await readImage(await readFile(file))], { titles: [name] });
  throw new UsageError(
    `${name}: nothing is known of files that end in "${extname(name)}"; give .npy or .h5 (RDMs), .csv (scores over ` +
      "time), .nii or .nii.gz (a map), or a picture",
  );
}

const mostRdms = 20;

/** The first RDMs of a file, and that they are not all where there are more. */
export function drawRdms(rdms: readonly Rdm[]): Figure {
  const some = `the first ${mostRdms} of ${rdms.length} RDMs`;
  if (rdms.length > mostRdms)
    console.error(`${some} are drawn; plotRdms draws those that a notebook chooses`);
  return plotRdms(rdms.slice(0, mostRdms), {
    ...(rdms.length > mostRdms ? { title: some } : {}),
    range: "robust",
    itemLabels: (rdms[0]?.nItems ?? 0) <= 30,
  });
}

/** Scores over time: a column of seconds, and one for each model. */
async function drawScores(file: string): Promise<Figure> {
  const table = await readCsv(file);
  const time = table.names.find((name) => /^time/i.test(name));
  if (time === undefined)
    throw new UsageError(
      `${file} has no column of times; its columns are ${table.names.join(", ")}`,
    );
  const times = secondsOf(table, time);
  const scores = table.names.filter((name) => isNumeric(table.column(name)));
  const others = scores.filter((name) => name !== time && !/^(channel|patch|sample)/i.test(name));
  if (new Set(times).size !== times.length)
    throw new UsageError(`${file} has several rows for a time: of several sensors, choose one`);
  return plotTimeCourse(
    others.map((name) => ({ name, times, values: numbersOf(table.column(name)) })),
  );
}

/** Numbers, of which some may be missing: an empty cell is how NaN is written. */
function isNumeric(cells: readonly Cell[]): boolean {
  return (
    cells.every((cell) => cell === null || typeof cell === "number") &&
    cells.some((cell) => cell !== null)
  );
}

function numbersOf(cells: readonly Cell[]): number[] {
  return cells.map((cell) => (cell === null ? NaN : Number(cell)));
}

/** Times in seconds, by the unit that the name of their column ends in. Throws `UsageError` for times that are none. */
function secondsOf(table: Table, name: string): number[] {
  const times = numbersOf(table.column(name));
  const missing = times.findIndex((time) => !Number.isFinite(time));
  if (missing >= 0)
    throw new UsageError(`row ${missing + 1} of ${name} is no time; give a number in each row`);
  return /(ms|milliseconds?)\W*$/i.test(name) ? times.map((ms) => ms / 1000) : times;
}
