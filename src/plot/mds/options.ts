import type { ScalingOptions } from "../../stats/index.ts";
import type { PixelImage } from "../images/image-url.ts";
import type { Categories } from "../rdms/categories.ts";

/** How items are placed and drawn. */
export interface PlotMdsOptions {
  /** `smacof` makes the stress least, `classical` is Torgerson's. Default: `smacof`. */
  readonly method?: ScalingOptions["method"];
  /** One image an item, drawn at its place: in the order of the items, or by label. Default: dots. */
  readonly images?: readonly PixelImage[] | ((item: string) => PixelImage);
  /** Category of each item, for colours. */
  readonly categories?: Categories;
  /** Write labels. Default: for up to 60 items without images, where there is room. */
  readonly itemLabels?: boolean;
  /** Above the figure. */
  readonly title?: string;
  /** Largest side of an image. Default: as large as leaves most of them apart, 16 to 44. */
  readonly imagePx?: number;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 560. */
  readonly widthPx?: number;
}
