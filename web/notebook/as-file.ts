import { drawSvg } from "../view/draw-svg.ts";
import type { Cell, Output } from "./cell.ts";
import { newNotebook } from "./new-notebook.ts";
import { readNotebookFile } from "./notebook-file.ts";

/** The kinds of file that a notebook can be taken away as. */
export type FileKind = "ipynb" | "ts";

const pixelsPerUnit = 2;

/** The text of a notebook as a file of a kind; figures get their pixels, which other programs show. */
export async function asFile(cells: readonly Cell[], kind: FileKind): Promise<string> {
  const empty = readNotebookFile(`x.${kind}`, newNotebook(`x.${kind}`));
  const plain = cells.map(({ stored, ...cell }) => (void stored, cell));
  if (kind === "ts") return empty.write(plain);
  return empty.write(await Promise.all(plain.map(withPixels)));
}

async function withPixels(cell: Cell): Promise<Cell> {
  return { ...cell, outputs: await Promise.all(cell.outputs.map(drawn)) };
}

async function drawn(output: Output): Promise<Output> {
  if (!("data" in output)) return output;
  const { data } = output;
  const svg = data["image/svg+xml"];
  if (typeof svg !== "string" || "image/png" in data) return output;
  try {
    const bytes = await drawSvg(svg, pixelsPerUnit);
    return { ...output, data: { ...data, "image/png": base64(bytes) } };
  } catch {
    // What the browser cannot draw is there as lines.
    return output;
  }
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
