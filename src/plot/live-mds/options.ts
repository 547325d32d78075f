import { callback, either, listOf, texts } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import type { RsaMetric } from "../../rsa/index.ts";
import { anImage, type PixelImage } from "../images/image-url.ts";
import type { Categories } from "../rdms/categories.ts";

/** How items are drawn, and models compared. */
export interface LiveMdsOptions {
  /** One image an item: in the order of the items, or by label. Default: dots with the labels. */
  readonly images?: readonly PixelImage[] | ((item: string) => PixelImage);
  /** Category of each item, for colours. */
  readonly categories?: Categories;
  /** How the picture's RDM is compared with each model. Default: `spearman`. */
  readonly metric?: RsaMetric;
  /** Above the figure. */
  readonly title?: string;
}

/** The names of these options. */
export const liveMdsNames: OptionNames<LiveMdsOptions> = {
  images: either(listOf(anImage), callback),
  categories: either(texts, callback),
  metric: true,
  title: true,
};
