import { paragraphs } from "../core/text.ts";
import { jupyterDisplay, type MimeBundle } from "../core/display.ts";
import type { Table } from "../table/table.ts";

/** What of maps is shown. */
interface ShownMaps {
  readonly notes: readonly string[];
  readonly centres: Int32Array;
  readonly record: {
    readonly rsaMetric: string;
    readonly metric: string;
    readonly nPatches: number;
    readonly radiusMm: number | undefined;
    readonly nItems: number;
    readonly nFolds: number;
  };
  distribution(): Table;
  peakTable(options: { readonly most: number }): Table;
}

const peaksWords =
  "below: how the scores of each model are distributed, and where they peak (x, y, z in mm; i, j, k: the voxel)";

/** What maps show of themselves: how they were made, what was lost, distributions and peaks. */
export function mapsBundle(maps: ShownMaps): MimeBundle {
  const lines = [headingOf(maps), ...maps.notes.map((note) => `note: ${note}`), peaksWords];
  const tables = [maps.distribution(), maps.peakTable({ most: 5 })].map((table) =>
    table[jupyterDisplay](),
  );
  return {
    "text/html": [paragraphs(lines), ...tables.map((table) => String(table["text/html"]))].join(""),
    "text/plain": [...lines, ...tables.map((table) => String(table["text/plain"]))].join("\n"),
  };
}

function headingOf({ record, centres }: ShownMaps): string {
  const { rsaMetric, metric, nPatches, radiusMm, nItems, nFolds } = record;
  const where =
    radiusMm === undefined
      ? `${centres.length} voxels at once`
      : `${nPatches} spheres of ${radiusMm} mm`;
  const folds = nFolds > 1 ? `, ${nFolds} folds` : "";
  return `RSA by ${rsaMetric}, ${metric} RDMs of ${nItems} items, ${where}${folds}`;
}
