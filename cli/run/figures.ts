import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

/** Writes each figure as .svg, .png and, where it has data, .csv; returns the file names. */
export async function writeFigures(figures: readonly Figure[], folder: string): Promise<string[]> {
  rmSync(folder, { recursive: true, force: true });
  if (figures.length === 0) return [];
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  const write = (name: string, content: string | Uint8Array): void => {
    writeFileSync(join(folder, name), content);
    files.push(name);
  };
  for (const { name, svg, png, csv } of figures) {
    write(`${name}.svg`, svg);
    write(`${name}.png`, png ?? (await drawPng(svg)));
    if (csv !== undefined) write(`${name}.csv`, csv);
  }
  return files;
}

/** For a figure that came without a PNG: twice the screen's resolution. */
async function drawPng(svg: string): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  return sharp(Buffer.from(svg), { density: 144 }).png().toBuffer();
}
