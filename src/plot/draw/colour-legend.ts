import { observablePlot } from "#platform/observable-plot";
import type * as Plot from "@observablehq/plot";
import { createDocument } from "../dom/document.ts";
import { categoryColours } from "../colour/palette.ts";
import { parseColour, type Rgb } from "../colour/parse-colour.ts";
import { dataUrl } from "../png/data-url.ts";
import { encodePalettePng } from "../png/palette-png.ts";
import { formatNumber } from "../text/format-number.ts";
import { noShapes, type Shapes } from "./shapes.ts";
import { swatchShapes } from "./swatches.ts";
import { ticks } from "./ticks.ts";

/** The scale of colours that Plot made. */
type ColourScale = Omit<Plot.Scale, "label"> & { readonly label?: string };

const STEPS = 200;
const SIZE = 11;
const RAMP = { height: 11, most: 260 } as const;
const CONTINUOUS =
  /^(linear|pow|sqrt|log|symlog|sequential|cyclical|diverging|diverging-\w+|utc|time)$/;

/** The legend of a plot's colours from `top`: swatches of categories, a ramp of numbers; tells how high it is. */
export function colourLegend(
  plot: Plot.PlotOptions,
  place: { readonly left: number; readonly right: number; readonly top: number },
): { shapes: Shapes; height: number } {
  const scale = scaleOf(plot);
  if (scale === undefined) return { shapes: noShapes(), height: 0 };
  return CONTINUOUS.test(scale.type ?? "") ? rampShapes(scale, place) : swatchesOf(scale, place);
}

/** The plot with our colours for categories, where it names none of its own. */
export function withCategoryColours(plot: Plot.PlotOptions): Plot.PlotOptions {
  const { color = {} } = plot;
  if (color.range !== undefined || color.scheme !== undefined) return plot;
  const scale = scaleOf(plot);
  const nCategories = Array.from(scale?.domain ?? []).length;
  const categories = scale?.type === "ordinal" || scale?.type === "categorical";
  if (!categories || nCategories > categoryColours.length) return plot;
  return { ...plot, color: { ...color, range: categoryColours.slice(0, nCategories) } };
}

function scaleOf(plot: Plot.PlotOptions): ColourScale | undefined {
  const document = createDocument() as unknown as Document;
  const scale = observablePlot()
    .plot({ ...plot, document })
    .scale("color");
  if (scale === undefined) return undefined;
  const label = plot.color?.label ?? scale.label;
  return { ...scale, label: typeof label === "string" ? label : undefined };
}

function swatchesOf(scale: ColourScale, place: { left: number; right: number; top: number }) {
  const domain = Array.from(scale.domain ?? []);
  const bounds = /^(threshold|quantize|quantile)$/.test(scale.type ?? "");
  const swatches = bounds
    ? binSwatches(scale, domain.map(Number))
    : domain.map((value) => ({ text: wordsOf(value), fill: String(scale.apply(value)) }));
  const label = scale.label === undefined ? [] : [{ text: `${scale.label}:`, fill: "none" }];
  return swatchShapes([...label, ...swatches], place);
}

/** Between thresholds, a colour each: below the first, between two, from the last on. */
function binSwatches(scale: ColourScale, domain: readonly number[]) {
  const cuts =
    scale.type === "threshold"
      ? domain
      : ((scale as { thresholds?: readonly number[] }).thresholds ?? []);
  const colours = Array.from(scale.range ?? []);
  return colours.map((fill, at) => {
    const [from, to] = [cuts[at - 1], cuts[at]];
    const text =
      from === undefined
        ? `below ${formatNumber(to)}`
        : to === undefined
          ? `from ${formatNumber(from)}`
          : `${formatNumber(from)} to ${formatNumber(to)}`;
    return { text, fill: String(fill) };
  });
}

function wordsOf(value: unknown): string {
  return typeof value === "number" ? formatNumber(value) : String(value);
}

function rampShapes(
  scale: ColourScale,
  { left, right, top }: { left: number; right: number; top: number },
) {
  const shapes = noShapes();
  const domain = Array.from(scale.domain ?? [], Number);
  const [low, high] = [domain[0], domain[domain.length - 1]];
  if (!(Number.isFinite(low) && Number.isFinite(high)) || low === high)
    return { shapes, height: 0 };
  const width = Math.min(RAMP.most, right - left);
  const label = scale.label === undefined ? 0 : SIZE + 5;
  const log = scale.type === "log";
  const valueAt = (part: number) => (log ? low * (high / low) ** part : low + part * (high - low));
  const colours = Array.from({ length: STEPS }, (_, at) =>
    parseColour(String(scale.apply(valueAt((at + 0.5) / STEPS)))),
  );
  const box = { left, top: top + label, width, height: RAMP.height };
  shapes.images.push({ ...box, src: rampImage(colours) });
  shapes.boxes.push({ ...box, stroke: "#999" });
  if (scale.label !== undefined)
    shapes.texts.push({ x: left, y: top + SIZE / 2, text: scale.label, sizePx: SIZE });
  const y = top + label + RAMP.height;
  const marks = log
    ? [low, high].map((value) => ({ value, label: formatNumber(value) }))
    : ticks(Math.min(low, high), Math.max(low, high), Math.max(2, width / 60));
  for (const { value, label: text } of marks) {
    const part = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    const x = left + part * width;
    shapes.lines.push({ x1: x, x2: x, y1: y, y2: y + 4, colour: "#555" });
    shapes.texts.push({ x, y: y + 11, text, sizePx: SIZE, anchor: "middle" });
  }
  return { shapes, height: label + RAMP.height + 18 };
}

function rampImage(colours: readonly Rgb[]): string {
  const palette = [...new Map(colours.map((colour) => [colour.join(), colour])).values()];
  const place = new Map(palette.map((colour, at) => [colour.join(), at]));
  const pixels = Uint8Array.from(colours, (colour) => place.get(colour.join()) ?? 0);
  return dataUrl("image/png", encodePalettePng(pixels, colours.length, 1, palette));
}
