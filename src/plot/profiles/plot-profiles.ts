import { texts, oneOf, flag, text, listOf, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { categoryColours } from "../colour/palette.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { valueAxis, valueAxisShapes } from "../draw/value-axis.ts";
import type { Figure } from "../figure.ts";
import { capital } from "../text/capital.ts";
import { formatNumber } from "../text/format-number.ts";
import { textWidth } from "../text/text-width.ts";
import { profileShapes, type ProfileFrame } from "./profile-shapes.ts";
import { checkProfile, profilesTable, type CheckedProfile, type Profile } from "./profile.ts";

/** How profiles are drawn. */
export interface PlotProfilesOptions {
  /** Names of the steps, in order: layers of a network, for example. */
  readonly steps: readonly string[];
  /** What the values are. Default: `score`. */
  readonly label?: string;
  /** Above the figure. */
  readonly title?: string;
  /** `both`: lines through the means with the single subjects as circles; or only one of them. Default: `both`. */
  readonly marks?: "both" | "lines" | "points";
  /** Write each profile's name at its end. Default: for up to 16. */
  readonly names?: boolean;
  /** What the error bars are. Default: `± 1 SEM`. */
  readonly errorLabel?: string;
  /** What a circle is, in the plural: `folds`, for example. Default: `subjects`. */
  readonly circles?: string;
  /** Test and correction in words, written under the figure. */
  readonly method?: string;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 640. */
  readonly widthPx?: number;
  /** Height of the field. Default: 280, more where names need it. */
  readonly heightPx?: number;
}

const MARKS = ["both", "lines", "points"] as const;

const plotProfilesNames: OptionNames<PlotProfilesOptions> = {
  steps: texts,
  label: true,
  title: true,
  marks: oneOf(MARKS),
  names: flag,
  errorLabel: true,
  circles: text,
  method: text,
  caption: true,
  showCaption: true,
  widthPx: true,
  heightPx: true,
};

/**
 * Draw values over steps that have an order but no distance (the layers of a network): one line a region, coloured by
 * its group, with errors, and the single subjects as circles.
 *
 * Throws `ShapeMismatch` when lengths differ, `InvalidArgument` without profiles, values or room, `UnknownOption`.
 *
 * @example
 * import { plotProfiles } from "tsrsa";
 * const profiles = [
 *   { name: "V1", group: "early", values: [0.04, 0.05, 0.02] },
 *   { name: "LOC", group: "high", subjects: [[0.01, 0.04, 0.05], [0.02, 0.05, 0.06]] },
 * ];
 * plotProfiles(profiles, { steps: ["layer1", "layer2", "layer3"] }).toCsv().split("\n")[1]; // "V1,early,layer1,0.04,,,"
 */
export function plotProfiles(profiles: readonly Profile[], options: PlotProfilesOptions): Figure {
  listOf(thing("a profile, with its name and values or subjects", "name"))(profiles, "profiles");
  checkOptions(options, plotProfilesNames);
  const { steps, label = "score", title, marks = "both" } = options;
  texts(steps, "steps");
  if (profiles.length === 0 || steps.length < 2)
    throw new InvalidArgument(
      "profiles",
      `${profiles.length} over ${steps.length} steps`,
      "give one or more, over two steps or more",
    );
  const all = profiles.map((profile) => checkProfile(profile, steps));
  const groups = [...new Set(all.map(({ group }) => group))];
  if (groups.length > categoryColours.length)
    throw new InvalidArgument(
      "group",
      `${groups.length} different ones`,
      `colours tell at most ${categoryColours.length} apart; give profiles that belong together one group`,
    );
  const colourOf = (group: string): string => categoryColours[groups.indexOf(group)];
  const names = options.names ?? all.length <= 16;
  const frame = frameOf(all, options, label, names);
  const caption = options.caption ?? captionOf(all, options, label, marks);
  return assembleFigure({
    widthPx: frame.widthPx,
    bottom: frame.box.bottom + stepsHeight(frame),
    shapes: [
      valueAxisShapes(frame.axis, frame.box),
      profileShapes(all, frame, { marks, colourOf, names }),
      titleShapes(title, frame),
    ],
    swatches: all.some(({ name, group }) => name !== group)
      ? groups.map((text) => ({ text, fill: colourOf(text) }))
      : [],
    caption,
    showCaption: options.showCaption ?? true,
    altText: altTextOf(all, steps, label),
    data: () => profilesTable(all, steps),
  });
}

function frameOf(
  all: readonly CheckedProfile[],
  options: PlotProfilesOptions,
  label: string,
  names: boolean,
): ProfileFrame {
  const { widthPx = 640, steps } = options;
  const heightPx = options.heightPx ?? Math.max(280, names ? 14 * all.length + 12 : 0);
  const axis = valueAxis(...rangeOf(all), heightPx, label);
  const top = MARGIN + (options.title === undefined ? 0 : 24);
  const widest = Math.max(...all.map(({ name }) => textWidth(name, { sizePx: 11 })));
  const aside = names ? Math.min(widest, 150) + 28 : 8;
  const box = {
    left: MARGIN + axis.widthPx,
    right: widthPx - MARGIN - aside,
    top,
    bottom: top + heightPx,
  };
  const pitch = (box.right - box.left) / steps.length;
  if (pitch < 24) throw new InvalidArgument("widthPx", widthPx, `${steps.length} steps need more`);
  return { axis, box, steps, widthPx, xOf: (step) => box.left + (step + 0.5) * pitch };
}

function stepsHeight({ steps, xOf }: ProfileFrame): number {
  const widest = Math.max(...steps.map((step) => textWidth(step, { sizePx: 11 })));
  return widest > xOf(1) - xOf(0) - 6 ? Math.min(120, widest) * Math.SQRT1_2 + 16 : 22;
}

function rangeOf(all: readonly CheckedProfile[]): [number, number] {
  const values = all
    .flatMap(({ values: means, errors, subjects }) => [
      ...means.flatMap((value, j) => [value - (errors?.[j] ?? 0), value + (errors?.[j] ?? 0)]),
      ...means,
      ...subjects.flat(),
    ])
    .filter(Number.isFinite);
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  const room = 0.04 * (high - low);
  return [low < 0 ? low - room : 0, high + room];
}

function titleShapes(title: string | undefined, { box }: ProfileFrame): Shapes {
  const shapes = noShapes();
  const x = (box.left + box.right) / 2;
  if (title !== undefined)
    shapes.texts.push({ x, y: MARGIN + 7, text: title, sizePx: 13, anchor: "middle", bold: true });
  return shapes;
}

function captionOf(
  all: readonly CheckedProfile[],
  { steps, errorLabel = "± 1 SEM", circles = "subjects", method }: PlotProfilesOptions,
  label: string,
  marks: "both" | "lines" | "points",
): string {
  const errors = all.some((profile) => profile.errors !== undefined);
  const subjects = Math.max(...all.map((profile) => profile.subjects.length));
  const means = subjects > 1 && all.every(({ areMeans }) => areMeans);
  const what = marks === "points" ? "Large dots" : "Dots and lines";
  return [
    `${capital(label)} from ${steps[0]} to ${steps[steps.length - 1]}.`,
    ...(means ? [`${what}: means of the ${circles}.`] : []),
    ...(errors ? [`Error bars: ${errorLabel}.`] : []),
    ...(subjects > 0 && marks !== "lines" ? [`Circles: the ${subjects} single ${circles}.`] : []),
    ...(method === undefined ? [] : [`${method}.`.replace(/\.\.$/, ".")]),
  ].join(" ");
}

function altTextOf(
  all: readonly CheckedProfile[],
  steps: readonly string[],
  label: string,
): string {
  const best = all.slice(0, 16).map(({ name, values }) => {
    const most = values.reduce((top, value) => (value > top ? value : top), -Infinity);
    return `${name}: ${formatNumber(most)} at ${steps[values.indexOf(most)]}`;
  });
  return `${label} over ${steps.join(", ")}; highest: ${best.join("; ")}.`;
}
