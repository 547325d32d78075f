import { fileNameOf } from "#platform/files";
import { InvalidArgument } from "../core/errors.ts";
import type { GiftiFile } from "../io/gifti/index.ts";
import type { Side } from "./hemispheres.ts";

/**
 * Throws `InvalidArgument` where the name of a file (`hemi-R`, `rh.`, `.R.`) or its metadata (`CortexRight`) say that it
 * is of the other half. What says nothing, or both, is believed.
 */
export function refuseOtherHalf(file: string | URL, side: Side, gifti?: GiftiFile): void {
  const name = fileNameOf(file);
  const told = [...metadataOf(gifti), name];
  const wrong = told.find((text) => saidBy(text).join() === other[side]);
  if (wrong === undefined) return;
  const why = wrong === name ? "its name says" : `it says ${wrong}`;
  throw new InvalidArgument(
    side,
    name,
    `it is of the ${other[side]} half, as ${why}; give it as ${other[side]}`,
  );
}

const other = { left: "right", right: "left" } as const;

const words = {
  left: /(^|[._-])(lh|hemi-(L|left))(?=[._-]|$)|\.L\.|cortex_?left/i,
  right: /(^|[._-])(rh|hemi-(R|right))(?=[._-]|$)|\.R\.|cortex_?right/i,
} as const;

function saidBy(text: string): Side[] {
  return (["left", "right"] as const).filter((side) => words[side].test(text));
}

function metadataOf(gifti: GiftiFile | undefined): string[] {
  const all = gifti === undefined ? [] : [gifti, ...gifti.arrays];
  return all.flatMap(({ meta }) => meta.get("AnatomicalStructurePrimary") ?? []);
}
