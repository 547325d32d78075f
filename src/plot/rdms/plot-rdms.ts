import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { anImage } from "../images/image-url.ts";
import { oneOf, range, either, texts, callback, listOf, text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { barLabel, barShapes, barTicks, barWidth, type ColourBar } from "../draw/colour-bar.ts";
import { captionShapes } from "../draw/caption.ts";
import { drawShapes, joinShapes, noShapes, type Shapes } from "../draw/shapes.ts";
import { swatchShapes, type Swatch } from "../draw/swatches.ts";
import { Figure } from "../figure.ts";
import { categoriesOf, colourCategories } from "./categories.ts";
import { countUnshown, type Range } from "./colour-range.ts";
import { colourScale, type ColourScale } from "./colour-scale.ts";
import { inOneOrder } from "./item-order.ts";
import { layOut, type Contents, type Layout } from "./layout.ts";
import { type SequentialPalette, sequentialPalettes } from "../colour/palette.ts";
import { cutText } from "../text/wrap-text.ts";
import { iconsOf } from "./icons.ts";
import { checkOutline } from "./outline.ts";
import type { PlotRdmsOptions } from "./options.ts";
import { barImage, hatchImage } from "./panel-image.ts";
import { namesFit, panelShapes } from "./panel-shapes.ts";
import { rdmsTable } from "./rdms-table.ts";
import { rdmsAltText, rdmsCaption, span, type Said } from "./words.ts";

const plotRdmsNames: OptionNames<PlotRdmsOptions> = {
  titles: true,
  scale: oneOf(["shared", "each"]),
  range: either(range, oneOf(["robust"])),
  order: either(texts, oneOf(["first", "own"])),
  columns: true,
  categories: either(texts, callback),
  itemLabels: true,
  icons: either(listOf(anImage), callback),
  outline: checkOutline,
  outlineLabel: text,
  title: true,
  palette: oneOf(sequentialPalettes),
  label: true,
  caption: true,
  showCaption: true,
  widthPx: true,
  panelPx: true,
};

/**
 * Draw one RDM or several side by side: one honest colour scale for all, from their lowest to their highest
 * off-diagonal value; the diagonal masked; missing values hatched and counted in the caption. Strips wrap into rows.
 * Each panel is a picture of at most two pixels per shown pixel, averaged over area where there are more items.
 *
 * Throws `ShapeMismatch` when titles, categories or icons do not fit the RDMs, `InvalidArgument` when there is no RDM or no
 * room, `UnknownOption` for a palette that is not there.
 *
 * @example
 * import { plotRdms, Rdm } from "tsrsa";
 * const rdm = new Rdm([0.2, 0.9, 1.1], { items: ["cat", "dog", "car"], metric: "correlation", name: "pixels" });
 * const figure = plotRdms(rdm, { categories: (item) => (item === "car" ? "thing" : "animal") });
 * figure.altText; // "Representational dissimilarity matrix (pixels) of 3 items: dissimilarity (correlation), values from 0.2 to 1.1."
 */
export function plotRdms(rdms: RdmInput, options: PlotRdmsOptions = {}): Figure {
  checkOptions(options, plotRdmsNames);
  const { rdms: all, sentences } = inOneOrder(toRdms(rdms), options.order ?? "first");
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
  const first = colourScale(all, options, panelPx);
  // A robust range is that of what is drawn, which the size of the panels decides.
  const scale =
    options.range === "robust" ? colourScale(all, options, placeOf(first).layout.panelPx) : first;
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
  return assemble({
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
    caption: options.caption ?? rdmsCaption(said),
    showCaption: options.showCaption ?? true,
  });
}

function headingShapes(title: string | undefined, { left, right }: Layout): Shapes {
  const shapes = noShapes();
  const style = { sizePx: 14, bold: true } as const;
  if (title === undefined) return shapes;
  const text = cutText(title, right - left, style);
  shapes.texts.push({ x: (left + right) / 2, y: 16, text, ...style, anchor: "middle" });
  return shapes;
}

interface Assembly {
  readonly layout: Layout;
  readonly shapes: readonly Shapes[];
  readonly swatches: readonly Swatch[];
  readonly said: Said;
  readonly caption: string;
  readonly showCaption: boolean;
}

function assemble({ layout, shapes, swatches, said, caption, showCaption }: Assembly): Figure {
  const across = { left: layout.left, right: layout.widthPx - layout.left };
  const legend = swatchShapes(swatches, { ...across, top: layout.bottom + 8 });
  const legendBottom = layout.bottom + (legend.height === 0 ? 0 : legend.height + 8);
  const words = captionShapes(showCaption ? caption : "", { ...across, top: legendBottom + 10 });
  const heightPx = Math.ceil(legendBottom + (words.height === 0 ? 0 : words.height + 10) + 10);
  const altText = rdmsAltText(said);
  const size = { widthPx: layout.widthPx, heightPx, altText };
  const svg = drawShapes(joinShapes([...shapes, legend.shapes, words.shapes]), size);
  return new Figure({ ...size, svg, caption, data: () => rdmsTable(said.rdms, said.titles) });
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

function metricLabel(rdms: readonly Rdm[]): string {
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
