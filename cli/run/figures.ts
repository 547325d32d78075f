import { existsSync } from "node:fs";
import { join } from "node:path";
import { writePath } from "#platform/files";
import type { MimeBundle } from "../../kernel/executor/protocol.ts";
import { bundlesOf, runMime, textOf } from "./bundles.ts";
import type { NotebookRun } from "./run-notebook.ts";

/** A figure as its files need it. */
export interface Figure {
  /** File name without extension. */
  readonly name: string;
  readonly svg: string;
  readonly png?: Uint8Array;
  readonly csv?: string;
}

/** The figures of a run: every output that holds an SVG, named by itself or by its number. */
export function figuresOf(run: NotebookRun): Figure[] {
  const taken = new Set<string>();
  return bundlesOf(run).flatMap((bundle) => {
    const svg = textOf(bundle, "image/svg+xml");
    return svg === undefined ? [] : [toFigure(bundle, svg, taken)];
  });
}

function toFigure(bundle: MimeBundle, svg: string, taken: Set<string>): Figure {
  const own = bundle[runMime.figure] as { name?: unknown; csv?: unknown } | undefined;
  const png = textOf(bundle, "image/png");
  const csv = typeof own?.csv === "string" ? own.csv : textOf(bundle, "text/csv");
  return {
    name: freeName(own?.name, taken),
    svg,
    ...(png === undefined ? {} : { png: Buffer.from(png, "base64") }),
    ...(csv === undefined ? {} : { csv }),
  };
}

/** A name that is safe as a file name everywhere and not used yet. */
function freeName(given: unknown, taken: Set<string>): string {
  const number = String(taken.size + 1).padStart(2, "0");
  const asked = typeof given === "string" ? slug(given) : "";
  const base = asked === "" ? `figure-${number}` : asked;
  let name = base;
  for (let i = 2; taken.has(name); i += 1) name = `${base}-${i}`;
  taken.add(name);
  return name;
}

function slug(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80)
    .toLowerCase();
}

/**
 * Writes each figure as .svg, .png and, where it has data, .csv; returns the file names. A file that lies there already
 * is written over only when it is one of `ours`; a figure of any other's name takes the next free one.
 */
export async function writeFigures(
  figures: readonly Figure[],
  folder: string,
  ours: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const files: string[] = [];
  const isFree = (file: string) =>
    !files.includes(file) && (ours.has(file) || !existsSync(join(folder, file)));
  const write = async (file: string, content: string | Uint8Array): Promise<void> => {
    await writePath(join(folder, file), [Buffer.from(content)]);
    files.push(file);
  };
  for (const figure of figures) {
    const name = freeStem(figure.name, isFree);
    await write(`${name}.svg`, figure.svg);
    await write(`${name}.png`, figure.png ?? (await drawPng(figure.svg)));
    if (figure.csv !== undefined) await write(`${name}.csv`, figure.csv);
  }
  return files;
}

function freeStem(base: string, isFree: (file: string) => boolean): string {
  const allFree = (name: string) => endings.every((ending) => isFree(`${name}${ending}`));
  let name = base;
  for (let i = 2; !allFree(name); i += 1) name = `${base}-${i}`;
  return name;
}

const endings = [".svg", ".png", ".csv"];

/** For a figure that came without a PNG: twice the screen's resolution. */
async function drawPng(svg: string): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  return sharp(Buffer.from(svg), { density: 144 }).png().toBuffer();
}
