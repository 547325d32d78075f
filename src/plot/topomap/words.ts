import type { ValueColours } from "../colour/value-colours.ts";
import { capital } from "../text/capital.ts";
import { formatNumber } from "../text/format-number.ts";
import type { PlacedValues } from "./sensor-values.ts";
import type { HeadLook } from "./topomap-shapes.ts";

/** What is said of maps. */
export interface SaidOfMaps {
  readonly maps: readonly PlacedValues[];
  readonly colours: ValueColours;
  readonly label: string;
  readonly look: Pick<HeadLook, "interpolation" | "extrapolate" | "contours">;
  readonly marked: boolean;
  readonly markLabel: string;
  /** Sensors whose names have no room. */
  readonly nUnnamed: number;
}

const between = {
  cubic: "smooth cubic surfaces",
  linear: "straight lines",
  nearest: "the nearest sensor",
} as const;
const beyond = {
  head: "carried on to the edge of the head",
  local: "carried on a little beyond the outermost sensors",
  box: "carried on far beyond the sensors",
} as const;

/** What is shown and how, in whole sentences. */
export function topomapCaption({
  maps,
  colours,
  label,
  look,
  marked,
  markLabel,
  nUnnamed,
}: SaidOfMaps): string {
  const [low, high] = colours.range.map((value) => formatNumber(value));
  const nSensors = new Set(maps.map(({ channels }) => channels.length));
  const count = [...nSensors].sort((a, b) => a - b).join(" to ");
  const origin = colours.given
    ? "as given"
    : colours.palette === "diverging"
      ? "even about 0, to the largest value of a sensor"
      : "the lowest and highest value of the sensors";
  const merged = Math.max(...maps.map(({ nMerged }) => nMerged));
  const missing = [...new Set(maps.flatMap((map) => map.missing))];
  return [
    `${capital(label)} at ${count} places on the head seen from above, the nose on top; between sensors by ${between[look.interpolation]}, ${beyond[look.extrapolate]}.`,
    `Colours from ${low} to ${high} (${origin}).`,
    ...(look.contours > 0 ? [`Lines: ${look.contours} values between, evenly apart.`] : []),
    ...(marked ? [`White dots: ${markLabel}.`] : []),
    ...(nUnnamed > 0
      ? [
          `${nUnnamed} name${nUnnamed === 1 ? " has" : "s have"} no room (a larger panelPx has more).`,
        ]
      : []),
    ...(merged > 0 ? ["Of sensors at one place the mean is shown."] : []),
    ...(missing.length > 0
      ? [
          `Without a value, and left out: ${missing.slice(0, 8).join(", ")}${missing.length > 8 ? ` and ${missing.length - 8} more` : ""}.`,
        ]
      : []),
  ].join(" ");
}

/** The picture in words. */
export function topomapAltText({ maps, label }: SaidOfMaps): string {
  const highest = maps.slice(0, 6).map(({ name, channels, values }) => {
    const at = values.reduce((best, value, k) => (value > values[best] ? k : best), 0);
    return `${name === "" ? "" : `${name}: `}${formatNumber(values[at])} at ${channels[at]}`;
  });
  const what = maps.length === 1 ? "Map" : `${maps.length} maps`;
  return `${what} of ${label} on the head, highest values: ${highest.join("; ")}${maps.length > 6 ? "; and others" : ""}.`;
}
