import { InvalidArgument } from "../../core/errors.ts";
import {
  either,
  finite,
  flag,
  kind,
  listOf,
  numbers,
  oneOf,
  range,
  text,
  texts,
  whole,
} from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import { valuePalettes, type ValuePalette } from "../colour/value-colours.ts";
import type { Extrapolate } from "./extra-points.ts";
import type { Interpolation } from "./interpolate.ts";

/** How maps of sensors are drawn. */
export interface PlotTopomapOptions {
  /** Of scores: which model. The only one need not be named. */
  readonly model?: string;
  /** Of scores: at which times, in seconds; one map each, of the nearest sample. Default: the time of the peak. */
  readonly timesS?: readonly number[];
  /** What the values are. Default: of scores their comparison, else `value`. */
  readonly label?: string;
  /** Sensors to mark, the same in every map or a list a map: those of a cluster, for example. */
  readonly mark?: readonly string[] | readonly (readonly string[])[];
  /** What the marks are. Default: `marked sensors`. */
  readonly markLabel?: string;
  /** Draw a dot for each sensor, also their names as far as there is room, or nothing. Default: true. */
  readonly sensors?: boolean | "names";
  /** Values between sensors. Default: `cubic`. */
  readonly interpolation?: Interpolation;
  /** How far the map reaches: the head, a little beyond the sensors, a large box. Default: `head` for EEG, `local` for MEG. */
  readonly extrapolate?: Extrapolate;
  /** The value around the sensors: the mean of those beside, or a number. Default: `mean`. */
  readonly border?: "mean" | number;
  /** Middle and radius of the head in metres, [x, y, z, radius]. Default: [0, 0, 0, 0.095]. */
  readonly sphereM?: readonly number[];
  /** How many lines of equal value. Default: 6. */
  readonly contours?: number;
  /** Lowest and highest value of the colours. Default: those of the sensors, even about 0 where they lie on both sides. */
  readonly range?: readonly [low: number, high: number];
  /** Default: `diverging` where values lie on both sides of 0, else `viridis`. */
  readonly palette?: ValuePalette;
  /** Above the figure. */
  readonly title?: string;
  /** Maps in a row. Default: as many as fit. */
  readonly columns?: number;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Largest width of the whole figure. Default: 760. */
  readonly widthPx?: number;
  /** Largest side of a map. Default: 220. */
  readonly panelPx?: number;
}

const sphere = kind("[x, y, z, radius] in metres, the radius above 0", (value) => {
  const given = value as ArrayLike<number>;
  return given.length === 4 && Array.from(given).every(Number.isFinite) && given[3] > 0;
});

export const plotTopomapNames: OptionNames<PlotTopomapOptions> = {
  model: text,
  timesS: (value, argument) => {
    numbers(value, argument);
    if ((value as readonly number[]).length === 0)
      throw new InvalidArgument(argument, value, "give one time or more");
  },
  label: true,
  mark: either(texts, listOf(texts)),
  markLabel: text,
  sensors: either(flag, oneOf(["names"])),
  interpolation: oneOf(["cubic", "linear", "nearest"]),
  extrapolate: oneOf(["head", "local", "box"]),
  border: either(finite, oneOf(["mean"])),
  sphereM: (value, argument) => {
    numbers(value, argument);
    sphere(value, argument);
  },
  contours: whole(0),
  range,
  palette: oneOf(valuePalettes),
  title: true,
  columns: whole(1),
  caption: true,
  showCaption: true,
  widthPx: true,
  panelPx: true,
};
