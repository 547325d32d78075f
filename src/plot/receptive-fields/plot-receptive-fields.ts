import { either, listOf, object, numbers, oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { categoryColours, type SequentialPalette, sequentialPalettes } from "../colour/palette.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { barLabel, barShapes, barTicks, barWidth } from "../draw/colour-bar.ts";
import type { Figure } from "../figure.ts";
import { barImage } from "../rdms/panel-image.ts";
import { formatNumber } from "../text/format-number.ts";
import { fieldShapes } from "./field-shapes.ts";
import { checkFields, fieldsTable, type CheckedFields, type FieldSettings } from "./fields.ts";

/** How receptive fields are drawn. */
export interface PlotReceptiveFieldsOptions extends FieldSettings {
  /** One a field. Default: `field 1`, `field 2`, … */
  readonly titles?: readonly string[];
  /** A pixel to frame, `[row, column]` from 0: one for all fields, or one a field. Default: none. */
  readonly markedPixels?: FieldSettings["markedPixels"];
  /** Colour of each field's title and frame, as of its voxel's mark on a map. Default: those of categories. */
  readonly colours?: readonly string[];
  /** Smaller coefficients are left as the ground. Default: 0.1, as in nilearn's Miyawaki example. */
  readonly threshold?: number;
  /** Coefficients of the first and last colour. Default: 0 to 0.75, as in nilearn's example. */
  readonly range?: readonly [low: number, high: number];
  /** What the values are. Default: `coefficient`. */
  readonly label?: string;
  /** One for all fields, or one a field; each has its colour bar. Default: `greys`. */
  readonly palette?: SequentialPalette | readonly SequentialPalette[];
  /** What lies under the fields; on black a marked pixel has a white frame. Default: `white`. */
  readonly ground?: "white" | "black";
  /** Fields in a row. Default: as many as fit, at most 4. */
  readonly columns?: number;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Largest width of the whole figure. Default: 760. */
  readonly widthPx?: number;
}

const gap = 22;
const titleHeight = 26;
const largestPixel = 26;
/** From one colour bar to the next. */
const barPitch = 18;
const noTicks = { ticks: [], label: [] };

const plotReceptiveFieldsNames: OptionNames<PlotReceptiveFieldsOptions> = {
  titles: true,
  markedPixels: object,
  colours: true,
  threshold: true,
  range: numbers,
  label: true,
  palette: either(oneOf(sequentialPalettes), listOf(oneOf(sequentialPalettes))),
  ground: oneOf(["white", "black"]),
  columns: true,
  caption: true,
  showCaption: true,
  widthPx: true,
};

/**
 * Draw the receptive fields of voxels: the coefficient of every pixel of the picture, all on one colour scale, small
 * ones left white, a pixel framed to tell fields apart. Thresholds and scale are those of nilearn's Miyawaki example,
 * for coefficients in units of the response per pixel.
 *
 * Throws `ShapeMismatch` when titles or marks do not fit the fields, `InvalidArgument` without fields or room.
 *
 * @param fields - nFields × rows × columns, as `receptiveField` gives them; or one field, rows × columns.
 *
 * @example
 * import { plotReceptiveFields } from "tsrsa";
 * const fields = { data: Float64Array.of(0, 0.5, 0.05, 0.2), shape: [1, 2, 2] };
 * const figure = plotReceptiveFields(fields, { titles: ["voxel 7"], markedPixels: [0, 1] });
 * figure.toCsv().split("\n")[2]; // "voxel 7,0,1,0.5"
 */
export function plotReceptiveFields(
  fields: Matrix,
  options: PlotReceptiveFieldsOptions = {},
): Figure {
  checkOptions(options, plotReceptiveFieldsNames);
  const checked = checkFields(fields, options, categoryColours);
  const { threshold = 0.1, range = [0, 0.75], label = "coefficient", ground = "white" } = options;
  const palettes = palettesOf(options.palette ?? "greys", checked.titles.length);
  checkRange(range);
  const ticks = barTicks(range[0], range[1], 150);
  const bars = [...new Set(palettes)];
  const barPx = barWidth({ ticks, label: [label] }) + (bars.length - 1) * barPitch;
  const grid = gridOf(checked, barPx, options);
  const panels = checked.titles.map((_, field) => {
    const place = placeOf(field, grid, checked);
    return fieldShapes(checked, field, {
      ...place,
      pixelPx: grid.pixelPx,
      range,
      threshold,
      ground,
      palette: palettes[field],
    });
  });
  const height = checked.rows * grid.pixelPx;
  const top = MARGIN + titleHeight;
  const left = MARGIN + grid.perRow * (checked.columns * grid.pixelPx + gap) - gap;
  const last = left + (bars.length - 1) * barPitch;
  // Only the last bar has numbers: they are the same for all.
  const drawn = bars.map((palette, at) => ({
    ...{ src: barImage(palette), left: left + at * barPitch, top, height },
    ...(at === bars.length - 1 ? { ticks, label: barLabel(label, height) } : noTicks),
  }));
  const rowsOfPanels = Math.ceil(checked.titles.length / grid.perRow);
  return assembleFigure({
    widthPx: last + barWidth({ ticks, label: barLabel(label, height) }) + MARGIN,
    bottom: MARGIN + rowsOfPanels * (titleHeight + height + gap) - gap,
    shapes: [...panels, ...drawn.map(barShapes)],
    caption: options.caption ?? captionOf(checked, { threshold, range, label, ground }),
    showCaption: options.showCaption ?? true,
    altText: altTextOf(checked, label),
    data: () => fieldsTable(checked),
  });
}

/** One palette a field. Throws `ShapeMismatch` when a list has another length. */
function palettesOf(
  given: SequentialPalette | readonly SequentialPalette[],
  nFields: number,
): readonly SequentialPalette[] {
  if (typeof given === "string") return Array.from({ length: nFields }, () => given);
  if (given.length !== nFields)
    throw new ShapeMismatch(`${nFields} palettes, one a field`, `${given.length}`);
  return given;
}

interface Grid {
  readonly perRow: number;
  readonly pixelPx: number;
}

function gridOf(
  { titles, columns }: CheckedFields,
  barPx: number,
  options: PlotReceptiveFieldsOptions,
): Grid {
  const { widthPx = 760 } = options;
  const perRow = options.columns ?? Math.min(4, titles.length);
  const free = widthPx - 2 * MARGIN - barPx - (perRow - 1) * gap;
  const pixelPx = Math.min(largestPixel, Math.floor(free / perRow / columns));
  if (Number.isInteger(perRow) && perRow > 0 && pixelPx >= 2) return { perRow, pixelPx };
  throw new InvalidArgument(
    "columns",
    perRow,
    `give fields a row that leave each pixel of ${columns} room in ${widthPx} px`,
  );
}

function placeOf(field: number, { perRow, pixelPx }: Grid, { rows, columns }: CheckedFields) {
  return {
    left: MARGIN + (field % perRow) * (columns * pixelPx + gap),
    top: MARGIN + titleHeight + Math.floor(field / perRow) * (rows * pixelPx + gap + titleHeight),
  };
}

function checkRange([low, high]: readonly [number, number]): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return;
  throw new InvalidArgument("range", `[${low}, ${high}]`, "give [lowest, highest], both finite");
}

interface Said {
  readonly threshold: number;
  readonly range: readonly [number, number];
  readonly label: string;
  readonly ground: string;
}

function captionOf(
  { titles, marked }: CheckedFields,
  { threshold, range, label, ground }: Said,
): string {
  const framed = marked.some((place) => place !== undefined)
    ? ["The frame marks a place of the picture, to compare fields by."]
    : [];
  const many = titles.length === 1 ? "A receptive field" : `${titles.length} receptive fields`;
  return [
    `${many}: ${label} of each pixel, ${formatNumber(range[0])} to ${formatNumber(range[1])} on one colour scale.`,
    `Pixels below ${formatNumber(threshold)} are ${ground}.`,
    ...framed,
  ].join(" ");
}

function altTextOf({ titles, rows, columns, at }: CheckedFields, label: string): string {
  const peaks = titles.map((title, field) => {
    let [value, place] = [-Infinity, "none"];
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        if (at(field, row, column) > value)
          [value, place] = [at(field, row, column), `row ${row}, column ${column}`];
    return `${title}: highest ${label} ${formatNumber(value)} at ${place}`;
  });
  return `Receptive fields of ${rows} by ${columns} pixels. ${peaks.join("; ")}.`;
}
