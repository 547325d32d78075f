import { observablePlot } from "#platform/observable-plot";
import { UnknownOption } from "../../core/errors.ts";
import { parseColour, type Rgb } from "./parse-colour.ts";

/** Sequential palettes that order by lightness, so that they read in grey and for colour-blind readers. */
export const sequentialPalettes = [
  "viridis",
  "cividis",
  "magma",
  "inferno",
  "plasma",
  "blues",
  "greens",
  "reds",
  "rdpu",
  "greys",
] as const;

/** The name of a sequential palette. */
export type SequentialPalette = (typeof sequentialPalettes)[number];

const cache = new Map<string, readonly Rgb[]>();

/** `count` colours from the low to the high end of a palette. Throws `UnknownOption`. */
export function paletteColours(name: SequentialPalette, count: number): readonly Rgb[] {
  if (!sequentialPalettes.includes(name))
    throw new UnknownOption("palette", name, sequentialPalettes);
  const key = `${name} ${count}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const scale = observablePlot().scale({
    color: { type: "linear", scheme: name, domain: [0, count - 1] },
  });
  const colours = Array.from({ length: count }, (_, i) => parseColour(String(scale.apply(i))));
  cache.set(key, colours);
  return colours;
}

/** Colours for categories and lines, told apart by colour-blind readers too (Okabe and Ito 2008, then darker mixes). */
export const categoryColours: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#7f3c8d",
  "#6b6b6b",
  "#8c510a",
  "#b2df8a",
  "#000000",
  "#f0e442",
];
