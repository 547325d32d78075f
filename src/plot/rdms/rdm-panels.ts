import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { barLabel, barShapes, barTicks, barWidth, type ColourBar } from "../draw/colour-bar.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Swatch } from "../draw/swatches.ts";
import { categoriesOf, colourCategories } from "./categories.ts";
import { countUnshown, type Range } from "./colour-range.ts";
import { colourScale, type ColourScale } from "./colour-scale.ts";
import type { Ordered } from "./item-order.ts";
import { layOut, type Contents, type Layout } from "./layout.ts";
import type { SequentialPalette } from "../colour/palette.ts";
import { cutText } from "../text/wrap-text.ts";
import { iconsOf } from "./icons.ts";
import type { PlotRdmsOptions } from "./options.ts";
import { barImage, hatchImage } from "./panel-image.ts";
import { namesFit, panelShapes } from "./panel-shapes.ts";
import { span, type Said } from "./words.ts";

/** Panels of RDMs with their legend, laid out in pixels, and what there is to say of them. */
export interface Panels {
  readonly layout: Layout;
  readonly shapes: readonly Shapes[];
  readonly swatches: readonly Swatch[];
  readonly said: Said;
}

/**
 * Lay RDMs out side by side.
 *
 * @param found - the colours for panels of some size, where they are of more RDMs than these.
 * @throws as `plotRdms`.
 */
export function rdmPanels(
  { rdms: all, sentences }: Ordered,
  options: PlotRdmsOptions,
  found?: (panelPx: number) => ColourScale,
): Panels {
  const { palette = "viridis", label = metricLabel(all) } = options;
  const titles = titlesOf(all, options.titles);
  const categories = all.map((rdm) =>
    options.categories === undefined ? undefined : categoriesOf(rdm, options.categories),
  );
  const colours = colourCategories(categories.flatMap((names) => names ?? []));
  const { panelPx = 340 } = options;
  const contentsOf = (scale: ColourScale) => ({
    titles,
    notes: all.map((rdm, i) => rangeNote(rdm, scale, i)),
    nItems: all.map((rdm) => rdm.nItems),
    items: all.map((rdm) => rdm.items),
    columns: checkedColumns(options.columns),
    widthPx: options.widthPx ?? 760,
    panelPx,
    hasBands: options.categories !== undefined,
    bandNames: (panelPx: number) =>
      all.length <= 2 && categories.every((names) => namesFit(names ?? [], panelPx)),
    itemLabels: options.itemLabels,
    icons: options.icons !== undefined,
    topPx: options.title === undefined ? 0 : 24,
  });
  const placeOf = (scale: ColourScale) =>
    placeAll(contentsOf(scale), barParts(scale, palette), label);
  const scaleAt = found ?? ((px: number) => colourScale(all, options, px));
  const first = scaleAt(panelPx);
  // A robust range is that of what is drawn, which the size of the panels decides.
  const scale = options.range === "robust" ? scaleAt(placeOf(first).layout.panelPx) : first;
  const { layout, bar: placed } = placeOf(scale);
  const panels = all.map((rdm, i) =>
    panelShapes(
      {
        rdm,
        place: layout.panels[i],
        colours: { range: scale.ranges[i], palette },
        categories: categories[i],
        icons: options.icons && iconsOf(rdm, options.icons),
        outline: options.outline,
      },
      layout,
      colours,
    ),
  );
  const said: Said = {
    rdms: all,
    titles,
    label,
    shared: scale.shared,
    origin: options.range === undefined ? "found" : options.range === "robust" ? "robust" : "given",
    order: sentences,
    outlined:
      options.outline === undefined ? undefined : (options.outlineLabel ?? "outlined cells"),
    averaged: all.some((rdm) => rdm.nItems > 2 * layout.panelPx),
  };
  return {
    layout,
    shapes: [
      headingShapes(options.title, layout),
      ...panels,
      ...(placed === undefined ? [] : [barShapes(placed)]),
    ],
    swatches: [
      ...(layout.bandNames ? [] : Array.from(colours, ([text, fill]) => ({ text, fill }))),
      ...missingSwatch(all),
    ],
    said,
  };
}

function headingShapes(title: string | undefined, { left, right }: Layout): Shapes {
  const shapes = noShapes();
  const style = { sizePx: 14, bold: true } as const;
  if (title === undefined) return shapes;
  const text = cutText(title, right - left, style);
  shapes.texts.push({ x: (left + right) / 2, y: 16, text, ...style, anchor: "middle" });
  return shapes;
}

type Bar = Pick<ColourBar, "src" | "ticks"> & { readonly range: Range | undefined };

function barParts({ shared, ranges }: ColourScale, palette: SequentialPalette): Bar | undefined {
  if (ranges.every((range) => range === undefined)) return undefined;
  const src = barImage(palette);
  if (shared !== undefined)
    return { src, ticks: barTicks(shared[0], shared[1], 240), range: shared };
  const ends = [
    { place: 0, label: "low" },
    { place: 1, label: "high" },
  ];
  return { src, ticks: ends, range: undefined };
}

/** The label of the bar needs more lines, and so more width, where the panels leave it less height. */
function placeAll(
  contents: Omit<Contents, "barPx">,
  bar: Bar | undefined,
  label: string,
): { layout: Layout; bar: ColourBar | undefined } {
  if (bar === undefined) return { layout: layOut({ ...contents, barPx: 0 }), bar: undefined };
  const place = (lines: readonly string[]): { layout: Layout; bar: ColourBar } => {
    const labelled = { ...bar, label: lines };
    const layout = layOut({ ...contents, barPx: barWidth(labelled) });
    return { layout, bar: placeBar(labelled, layout) };
  };
  const first = place([label]);
  const lines = barLabel(label, first.bar.height);
  return lines.length > 1 ? place(lines) : first;
}

function placeBar(bar: Bar & Pick<ColourBar, "label">, layout: Layout): ColourBar {
  const top = layout.panels[0].top;
  const last = layout.panels[layout.panels.length - 1].top + layout.panelPx;
  const height = Math.min(last - top, 340);
  const ticks = bar.range === undefined ? bar.ticks : barTicks(...bar.range, height);
  return { ...bar, ticks, left: layout.right, top, height };
}

function titlesOf(rdms: readonly Rdm[], titles: readonly string[] | undefined): readonly string[] {
  if (titles === undefined)
    return rdms.map((rdm, i) => rdm.name ?? (rdms.length === 1 ? "" : `RDM ${i + 1}`));
  if (titles.length === rdms.length) return titles;
  throw new ShapeMismatch(
    `${rdms.length} titles, one per RDM`,
    `${titles.length}`,
    "give one title per RDM",
  );
}

function rangeNote(rdm: Rdm, { each, ranges, metrics }: ColourScale, at: number): string {
  if (!each) return "";
  const range = ranges[at];
  const values = range === undefined ? "no finite value" : span(range, 2);
  return metrics > 1 && rdm.metric !== undefined ? `${rdm.metric}: ${values}` : values;
}

/** What RDMs measure: their metric, where they share it. */
export function metricLabel(rdms: readonly Rdm[]): string {
  const metrics = new Set(rdms.map((rdm) => rdm.metric));
  const [metric] = metrics;
  return metrics.size > 1 || metric === undefined ? "dissimilarity" : `dissimilarity (${metric})`;
}

function missingSwatch(rdms: readonly Rdm[]): Swatch[] {
  const any = rdms.some((rdm) => countUnshown(rdm, undefined).missing > 0);
  return any ? [{ text: "missing", src: hatchImage(11) }] : [];
}

function checkedColumns(columns: number | undefined): number | undefined {
  if (columns === undefined || (Number.isInteger(columns) && columns > 0)) return columns;
  throw new InvalidArgument("columns", columns, "give a whole number of panels in a row");
}
