import { InvalidArgument, ShapeMismatch, UnknownOption } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { barShapes, barTicks, barWidth, type ColourBar } from "../draw/colour-bar.ts";
import { captionShapes } from "../draw/caption.ts";
import { drawShapes, joinShapes, type Shapes } from "../draw/shapes.ts";
import { swatchShapes, type Swatch } from "../draw/swatches.ts";
import { Figure } from "../figure.ts";
import { categoriesOf, colourCategories } from "./categories.ts";
import { checkedRange, countUnshown, finiteRange, type Range } from "./colour-range.ts";
import { layOut, type Layout } from "./layout.ts";
import type { PlotRdmsOptions } from "./options.ts";
import { barImage, hatchImage } from "./panel-image.ts";
import { namesFit, panelShapes } from "./panel-shapes.ts";
import { rdmsTable } from "./rdms-table.ts";
import { rdmsAltText, rdmsCaption, span, type Said } from "./words.ts";

/**
 * Draw one RDM or several side by side: one honest colour scale for all, from their lowest to their highest
 * off-diagonal value; the diagonal masked; missing values hatched and counted in the caption. Strips wrap into rows.
 * Each panel is a picture of at most two pixels per shown pixel, averaged over area where there are more items.
 *
 * Throws `ShapeMismatch` when titles or categories do not fit the RDMs, `InvalidArgument` when there is no RDM or no
 * room, `UnknownOption` for a palette that is not there.
 *
 * @example
 * import { plotRdms, Rdm } from "tsrsa";
 * const rdm = new Rdm([0.2, 0.9, 1.1], { items: ["cat", "dog", "car"], metric: "correlation", name: "pixels" });
 * const figure = plotRdms(rdm, { categories: (item) => (item === "car" ? "thing" : "animal") });
 * figure.altText; // "Representational dissimilarity matrix (pixels) of 3 items: dissimilarity (correlation), values from 0.2 to 1.1."
 */
export function plotRdms(rdms: Rdm | readonly Rdm[], options: PlotRdmsOptions = {}): Figure {
  const all = Array.isArray(rdms) ? (rdms as readonly Rdm[]) : [rdms as Rdm];
  if (all.length === 0) throw new InvalidArgument("rdms", "no RDM", "give at least one");
  const { palette = "viridis", label = metricLabel(all) } = options;
  const scale = colourScale(all, options);
  const titles = titlesOf(all, options.titles);
  const categories = all.map((rdm) =>
    options.categories === undefined ? undefined : categoriesOf(rdm, options.categories),
  );
  const colours = colourCategories(categories.flatMap((names) => names ?? []));
  const bar = barParts(scale, label, palette);
  const layout = layOut({
    titles: titles.map((title, i) => withRange(title, scale, i)),
    nItems: all.map((rdm) => rdm.nItems),
    items: all.map((rdm) => rdm.items),
    columns: checkedColumns(options.columns),
    widthPx: options.widthPx ?? 760,
    panelPx: options.panelPx ?? 340,
    barPx: bar === undefined ? 0 : barWidth(bar),
    hasBands: options.categories !== undefined,
    itemLabels: options.itemLabels,
  });
  const direct =
    !layout.itemLabels &&
    categories.every((names) => names !== undefined && namesFit(names, layout.panelPx)) &&
    layout.panels.length === 1;
  const panels = all.map((rdm, i) =>
    panelShapes(
      {
        rdm,
        place: layout.panels[i],
        colours: { range: scale.ranges[i], palette },
        categories: categories[i],
      },
      layout,
      { colours, direct },
    ),
  );
  const said: Said = {
    rdms: all,
    titles,
    label,
    shared: scale.shared,
    given: options.range !== undefined,
    averaged: all.some((rdm) => rdm.nItems > 2 * layout.panelPx),
  };
  return assemble({
    layout,
    shapes: [...panels, ...(bar === undefined ? [] : [barShapes(placeBar(bar, layout))])],
    swatches: [
      ...(direct ? [] : Array.from(colours, ([text, fill]) => ({ text, fill }))),
      ...missingSwatch(all),
    ],
    said,
    caption: options.caption ?? rdmsCaption(said),
    showCaption: options.showCaption ?? true,
  });
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
  const words = captionShapes(showCaption ? caption : "", { ...across, top: legendBottom + 8 });
  const heightPx = Math.ceil(legendBottom + (words.height === 0 ? 0 : words.height + 8) + 10);
  const altText = rdmsAltText(said);
  const size = { widthPx: layout.widthPx, heightPx, altText };
  const svg = drawShapes(joinShapes([...shapes, legend.shapes, words.shapes]), size);
  return new Figure({ ...size, svg, caption, data: () => rdmsTable(said.rdms, said.titles) });
}

interface ColourScale {
  readonly ranges: readonly (Range | undefined)[];
  readonly shared: Range | undefined;
  readonly each: boolean;
}

function colourScale(rdms: readonly Rdm[], { scale, range }: PlotRdmsOptions): ColourScale {
  if (scale !== undefined && scale !== "shared" && scale !== "each")
    throw new UnknownOption("scale", String(scale), ["shared", "each"]);
  if (scale === "each" && range !== undefined)
    throw new InvalidArgument("range", "a range with scale each", "leave one of them out");
  const oneMetric = new Set(rdms.map((rdm) => rdm.metric)).size === 1;
  const each =
    rdms.length > 1 && range === undefined && (scale ?? (oneMetric ? "shared" : "each")) === "each";
  if (each) return { each, ranges: rdms.map((rdm) => finiteRange([rdm])), shared: undefined };
  const shared = range === undefined ? finiteRange(rdms) : checkedRange(range);
  return { each, ranges: rdms.map(() => shared), shared };
}

type Bar = Pick<ColourBar, "src" | "label" | "ticks"> & { readonly range: Range | undefined };

function barParts(
  { each, shared, ranges }: ColourScale,
  label: string,
  palette: Parameters<typeof barImage>[0],
): Bar | undefined {
  if (ranges.every((range) => range === undefined)) return undefined;
  const src = barImage(palette);
  if (each || shared === undefined) {
    const ends = [
      { place: 0, label: "lowest" },
      { place: 1, label: "highest" },
    ];
    return { src, label, ticks: ends, range: undefined };
  }
  return { src, label, ticks: barTicks(shared[0], shared[1], 240), range: shared };
}

function placeBar(bar: Bar, layout: Layout): ColourBar {
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

function withRange(title: string, { each, ranges }: ColourScale, at: number): string {
  if (!each) return title;
  const range = ranges[at];
  return `${title}\n${range === undefined ? "no value" : span(range).replace(" to ", "–")}`;
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
