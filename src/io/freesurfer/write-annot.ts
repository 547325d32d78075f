import { writePath } from "#platform/files";
import { joinBytes } from "../../core/bytes.ts";
import { DuplicateItem, InvalidArgument } from "../../core/errors.ts";
import { listOf, numbers, thing } from "../../core/gate/kinds.ts";
import type { FreesurferAnnot } from "./annot.ts";
import { int32Bytes } from "./big-endian.ts";
import type { AnnotEntry } from "./colour-table.ts";

/** What is written: for each vertex its place in `entries`, −1 for none; each entry with a name and a colour of its own. */
export interface FreesurferParcels {
  readonly labels: ArrayLike<number>;
  readonly entries: readonly Pick<AnnotEntry, "name" | "rgba">[];
}

const someEntries = listOf(thing("{ name, rgba }", "name", "rgba"));

/**
 * Write a parcellation of one hemisphere as FreeSurfer's `.annot` with a colour table of version 2.
 *
 * @throws InvalidArgument for a place that is not in `entries`, a colour that is not 0 to 255, or vertices whose label is
 *   black, which FreeSurfer takes for no label; DuplicateItem for two entries of one name or colour; DiskFull, NotAllowed, InTheWay.
 * @example
 * import { readFreesurferAnnot, writeFreesurferAnnot } from "tsrsa/io";
 * async function copy(from: string, to: string) {
 *   await writeFreesurferAnnot(to, await readFreesurferAnnot(from));
 * }
 */
export async function writeFreesurferAnnot(
  path: string | URL,
  parcels: FreesurferParcels | FreesurferAnnot,
): Promise<void> {
  numbers(parcels.labels, "labels");
  someEntries(parcels.entries, "entries");
  const colours = parcels.entries.map(colourOf);
  refuseTwice(parcels.entries.map(({ name }) => name ?? ""));
  refuseTwice(colours.map(String));
  const pairs = Array.from(parcels.labels).flatMap((place, vertex) => {
    if (!Number.isInteger(place) || place < -1 || place >= colours.length)
      throw new InvalidArgument(
        `labels[${vertex}]`,
        place,
        `give a place in entries, up to ${colours.length - 1}, or −1`,
      );
    if (place >= 0 && colours[place] === 0)
      throw new InvalidArgument(
        `labels[${vertex}]`,
        place,
        `${parcels.entries[place].name ?? "its label"} is black, which FreeSurfer takes for no label: give another colour, or −1`,
      );
    return [vertex, place < 0 ? 0 : colours[place]];
  });
  await writePath(path, [
    joinBytes([
      int32Bytes([parcels.labels.length]),
      int32Bytes(pairs),
      int32Bytes([1, -2, colours.length]),
      textBytes("tsrsa"),
      int32Bytes([colours.length]),
      ...parcels.entries.flatMap(entryBytes),
    ]),
  ]);
}

function entryBytes({ name, rgba }: FreesurferParcels["entries"][number], at: number) {
  const [red, green, blue, alpha] = rgba;
  return [
    int32Bytes([at]),
    textBytes(name ?? `label ${at}`),
    int32Bytes([red, green, blue, 255 - alpha]),
  ];
}

/** Length and text, with the 0 that ends it. */
function textBytes(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(`${text}\0`);
  return joinBytes([int32Bytes([bytes.length]), bytes]);
}

function colourOf({ name, rgba }: FreesurferParcels["entries"][number]): number {
  const whole = rgba.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  const [red, green, blue] = rgba;
  const colour = red + 256 * green + 65536 * blue;
  if (whole && rgba.length === 4) return colour;
  throw new InvalidArgument(
    `colour of ${name ?? "a label"}`,
    rgba,
    "give four whole numbers from 0 to 255",
  );
}

function refuseTwice(all: readonly string[]): void {
  const twice = all.filter((one, at) => all.indexOf(one) !== at);
  if (twice.length > 0)
    throw new DuplicateItem(twice, "give each label a name and a colour of its own");
}
