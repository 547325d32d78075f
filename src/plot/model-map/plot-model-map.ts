import { InvalidArgument } from "../../core/errors.ts";
import { finite, listOf, oneOf, record, share, text, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { rsa } from "../../rsa/index.ts";
import { Table } from "../../table/index.ts";
import { categoryColours } from "../colour/palette.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import type { PairTest } from "../model-comparison/comparison.ts";
import { formatNumber } from "../text/format-number.ts";
import { textWidth } from "../text/text-width.ts";
import { placeAround, type Around } from "./place-around.ts";
import { comparisonWords } from "../../rsa/comparisons/comparison-words.ts";

const METRICS = ["spearman", "pearson", "kendall-tau-a", "cosine"] as const;

/** How models are drawn around data. */
export interface PlotModelMapOptions {
  /** How RDMs are compared: a correlation, of which 1 − score is a distance. Default: `spearman`. */
  readonly rsaMetric?: (typeof METRICS)[number];
  /** What the middle is called. Default: the name of the data, or `data`. */
  readonly dataName?: string;
  /** Scores of the noise ceiling, as `noiseCeiling` gives them: a ring at 1 − score. */
  readonly ceiling?: { readonly lower: number; readonly upper: number };
  /** Tests of pairs of models: those that do not differ are linked. */
  readonly pairs?: readonly PairTest[];
  /** p value up to which two models differ. Default: 0.05. */
  readonly alpha?: number;
  /** Above the figure. */
  readonly title?: string;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 520. */
  readonly widthPx?: number;
}

const plotModelMapNames: OptionNames<PlotModelMapOptions> = {
  rsaMetric: oneOf(METRICS),
  dataName: text,
  ceiling: record(finite),
  pairs: listOf(thing("{ a, b, pValue }", "a", "b", "pValue")),
  alpha: share,
  title: true,
  caption: true,
  showCaption: true,
  widthPx: true,
};

/**
 * Draw models around data: the distance of a model from the middle is 1 − its score, exactly (the mean over several
 * data RDMs); those of models from each other are as near to 1 − theirs as can be in a plane, and how near is printed as
 * the stress. RDMs are joined by the labels of their items.
 *
 * @param models - two or more, with names.
 * @param data - one RDM, or one of each person.
 * @throws `ItemMismatch` when items differ; `InvalidArgument` for fewer than two models, two of one name, and a score
 *   that is not defined.
 *
 * @example
 * import { plotModelMap, Rdm } from "tsrsa";
 * const items = ["cat", "dog", "car", "bus"];
 * const animacy = new Rdm([0, 1, 1, 1, 1, 0], { items, name: "animacy" });
 * const size = new Rdm([0.2, 0.5, 1, 0.4, 0.9, 0.3], { items, name: "size" });
 * const brain = new Rdm([0.1, 0.9, 1, 0.8, 0.9, 0.2], { items, name: "LOC" });
 * plotModelMap([animacy, size], brain).toCsv().split("\n")[0]; // "model,score,distance,x,y"
 */
export function plotModelMap(
  models: RdmInput,
  data: RdmInput,
  options: PlotModelMapOptions = {},
): Figure {
  checkOptions(options, plotModelMapNames);
  const all = toRdms(models, "models");
  const names = namesOf(all);
  const { rsaMetric = "spearman", widthPx = 520, title, ceiling } = options;
  const people = toRdms(data, "data");
  const scores = all.map((model, at) => {
    const found = people.map((one) => rsa(one, model, { metric: rsaMetric }).single());
    return defined(found.reduce((sum, score) => sum + score, 0) / found.length, names[at]);
  });
  const wanted = all.map((a, i) =>
    all.map((b, j) =>
      i === j
        ? 0
        : 1 - defined(rsa(a, b, { metric: rsaMetric }).single(), `${names[i]} and ${names[j]}`),
    ),
  );
  const radii = scores.map((score) => 1 - score);
  const around = placeAround(radii, wanted);
  const dataName = options.dataName ?? (people.length === 1 ? people[0].name : undefined) ?? "data";
  const links = linksOf(options.pairs ?? [], names, options.alpha ?? 0.05);
  const ring = ceiling === undefined ? 0 : Math.max(0, 1 - ceiling.lower);
  const titlePx = title === undefined ? 0 : 22;
  const field = fieldOf(radii, around.angles, ring, { widthPx, titlePx });
  const at = radii.map((radius, k) => field.at(radius, around.angles[k]));
  const said = {
    names,
    scores,
    rsaMetric,
    dataName,
    nPeople: people.length,
    stress: around.stress,
    ceiling,
    linked: links.length,
    tested: options.pairs !== undefined,
    alpha: options.alpha ?? 0.05,
  };
  return assembleFigure({
    widthPx,
    bottom: field.bottom,
    shapes: [mapShapes(at, names, links, field, { dataName, ceiling, title })],
    caption: options.caption ?? captionOf(said),
    showCaption: options.showCaption ?? true,
    altText: `Map of ${names.length} models around ${dataName}: ${names
      .slice(0, 12)
      .map((name, k) => `${name} ${formatNumber(scores[k])}`)
      .join(", ")}.`,
    data: () => tableOf(names, scores, radii, around),
  });
}

function namesOf(models: readonly Rdm[]): string[] {
  if (models.length < 2)
    throw new InvalidArgument("models", `${models.length}`, "give two or more");
  const names = models.map((model, at) => model.name ?? `model ${at + 1}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new InvalidArgument("models", `two called ${twice}`, "give each model its own name");
  return names;
}

function defined(score: number, what: string): number {
  if (Number.isFinite(score)) return score;
  throw new InvalidArgument("score", score, `${what} has no score: an RDM is constant, or has NaN`);
}

/** Pairs that do not differ, by place. */
function linksOf(
  pairs: readonly PairTest[],
  names: readonly string[],
  alpha: number,
): [number, number][] {
  return pairs.flatMap(({ a, b, pValue }): [number, number][] => {
    const [i, j] = [names.indexOf(a), names.indexOf(b)];
    if (i < 0 || j < 0)
      throw new InvalidArgument("pairs", i < 0 ? a : b, "name models that are on the map");
    return pValue > alpha ? [[i, j]] : [];
  });
}

interface Field {
  readonly at: (radius: number, angle: number) => [number, number];
  readonly perUnit: number;
  readonly middle: readonly [number, number];
  readonly bottom: number;
}

function fieldOf(
  radii: readonly number[],
  angles: Float64Array,
  ring: number,
  { widthPx, titlePx }: { widthPx: number; titlePx: number },
): Field {
  const reach = Math.max(...radii, ring, 1e-9);
  const perUnit = (widthPx / 2 - MARGIN - 34) / reach;
  const heights = radii.map((radius, k) => radius * Math.sin(angles[k]));
  const above = Math.max(ring, ...heights) * perUnit;
  const below = Math.max(ring, ...heights.map((height) => -height)) * perUnit;
  const middle = [widthPx / 2, MARGIN + titlePx + above + 26] as const;
  return {
    perUnit,
    middle,
    bottom: middle[1] + below + 52,
    at: (radius, angle) => [
      middle[0] + radius * perUnit * Math.cos(angle),
      middle[1] - radius * perUnit * Math.sin(angle),
    ],
  };
}

function mapShapes(
  at: readonly (readonly [number, number])[],
  names: readonly string[],
  links: readonly (readonly [number, number])[],
  { middle: [x, y], perUnit, bottom }: Field,
  {
    dataName,
    ceiling,
    title,
  }: { dataName: string; ceiling: PlotModelMapOptions["ceiling"]; title: string | undefined },
): Shapes {
  const shapes = noShapes();
  if (ceiling !== undefined)
    for (const score of [ceiling.lower, ceiling.upper])
      addRing(shapes, [x, y], (1 - score) * perUnit);
  for (const [i, j] of links)
    shapes.lines.push({
      x1: at[i][0],
      y1: at[i][1],
      x2: at[j][0],
      y2: at[j][1],
      colour: "#aaa",
      widthPx: 4,
    });
  at.forEach(([px, py]) => shapes.lines.push({ x1: x, y1: y, x2: px, y2: py, colour: "#ddd" }));
  shapes.dots.push({ x, y, radiusPx: 6, fill: "#000" });
  addName(shapes, dataName, x, y, true);
  at.forEach(([px, py], k) => {
    shapes.dots.push({
      x: px,
      y: py,
      radiusPx: 5,
      fill: categoryColours[k % categoryColours.length],
      stroke: "#fff",
    });
    addName(shapes, names[k], px, py, false);
  });
  addRuler(shapes, perUnit, bottom - 20);
  if (title !== undefined)
    shapes.texts.push({ x, y: MARGIN + 8, text: title, sizePx: 13, bold: true, anchor: "middle" });
  return shapes;
}

/** Names of models stand above their dots, that of the data below. */
function addName(shapes: Shapes, name: string, x: number, y: number, bold: boolean): void {
  const style = { sizePx: 11, bold };
  const left = Math.max(x - textWidth(name, style) / 2, 4);
  shapes.texts.push({ x: left, y: bold ? y + 15 : y - 13, text: name, ...style, halo: true });
}

function addRing(shapes: Shapes, [x, y]: readonly [number, number], radius: number): void {
  if (!(radius > 0)) return;
  const points = Array.from(
    { length: 73 },
    (_, k) =>
      [
        x + radius * Math.cos((k * Math.PI) / 36),
        y + radius * Math.sin((k * Math.PI) / 36),
      ] as const,
  );
  points.slice(1).forEach(([x2, y2], k) => {
    if (k % 2 === 0)
      shapes.lines.push({
        x1: points[k][0],
        y1: points[k][1],
        x2,
        y2,
        colour: "#777",
        widthPx: 1.2,
      });
  });
}

/** A bar as long as a round distance. */
function addRuler(shapes: Shapes, perUnit: number, y: number): void {
  const value = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01].find((one) => one * perUnit <= 110) ?? 0.01;
  const [x1, x2] = [MARGIN + 4, MARGIN + 4 + value * perUnit];
  const line = { colour: "#333", widthPx: 1.4 };
  shapes.lines.push({ x1, x2, y1: y, y2: y, ...line });
  for (const x of [x1, x2]) shapes.lines.push({ x1: x, x2: x, y1: y - 4, y2: y + 4, ...line });
  shapes.texts.push({ x: x2 + 8, y, text: `1 − score = ${value}`, sizePx: 11 });
}

function captionOf(said: {
  readonly rsaMetric: string;
  readonly dataName: string;
  readonly nPeople: number;
  readonly stress: number;
  readonly ceiling: PlotModelMapOptions["ceiling"];
  readonly linked: number;
  readonly tested: boolean;
  readonly alpha: number;
}): string {
  const { dataName, nPeople, stress, ceiling } = said;
  const score = comparisonWords(said.rsaMetric);
  const mean = nPeople === 1 ? "" : ` (mean over ${nPeople} data RDMs)`;
  const ring =
    ceiling === undefined
      ? []
      : [
          `Dashed rings: noise ceiling, scores ${formatNumber(ceiling.lower)} and ${formatNumber(ceiling.upper)}.`,
        ];
  const links = said.tested
    ? [
        said.linked === 0
          ? `All pairs of models tested differ (p ≤ ${said.alpha}).`
          : `Grey bands: models that do not differ (p > ${said.alpha}).`,
      ]
    : [];
  return [
    `Models around ${dataName}: distances from the middle are 1 − ${score} with the data${mean}, exactly.`,
    `Distances of models from each other are 1 − ${score} as near as a plane allows: stress ${stress.toFixed(3)}.`,
    ...ring,
    ...links,
  ].join(" ");
}

function tableOf(
  names: readonly string[],
  scores: readonly number[],
  radii: readonly number[],
  { angles }: Around,
): Table {
  return new Table({
    model: names,
    score: scores,
    distance: radii,
    x: radii.map((radius, k) => radius * Math.cos(angles[k])),
    y: radii.map((radius, k) => radius * Math.sin(angles[k])),
  });
}
