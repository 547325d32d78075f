import type { Rdm } from "../../rdm/rdm.ts";
import type { RsaResult } from "../../rsa/index.ts";
import { imageUrl } from "../images/image-url.ts";
import { imagesOf } from "../mds/mds-marks.ts";
import { categoriesOf, colourCategories } from "../rdms/categories.ts";
import type { LiveMdsOptions } from "./options.ts";
import { fieldOf } from "./picture.ts";

/** Shown as large as this where a pair is looked at. */
const LARGEST_PX = 120;

/** What a view is told once. A message has no numbers that are not finite: they are null. */
export function firstState(
  data: Rdm,
  start: Float64Array,
  { images, categories, title = "" }: Pick<LiveMdsOptions, "images" | "categories" | "title">,
): Readonly<Record<string, unknown>> {
  const each = Array.from({ length: data.nItems }, (_, i) => i);
  const names = categories === undefined ? [] : categoriesOf(data, categories);
  const colours = colourCategories(names);
  return {
    title,
    labels: each.map((i) => data.items?.[i] ?? String(i)),
    pictures: imagesOf(data, images)?.map((image) => imageUrl(image, LARGEST_PX)) ?? [],
    colours: each.map((i) => colours.get(names[i] ?? "") ?? "#0072b2"),
    categories: [...names],
    given: finite(data.condensed),
    start: [...start],
    field: fieldOf(start),
  };
}

/** What a view is told whenever items have moved. */
export function stateOfScores(rdm: Rdm, scores: RsaResult): Readonly<Record<string, unknown>> {
  return {
    condensed: finite(rdm.condensed),
    metric: scores.metric,
    models: [...scores.modelNames],
    scores: finite(scores.scores),
  };
}

function finite(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}
