import type { SequentialPalette } from "../colour/palette.ts";
import type { PixelImage } from "../images/image-url.ts";
import type { Categories } from "./categories.ts";
import type { Range } from "./colour-range.ts";
import type { ItemOrder } from "./item-order.ts";
import type { Outline } from "./outline.ts";

/** How RDMs are drawn. */
export interface PlotRdmsOptions {
  /** One title a panel. Default: the RDMs' names; several without names are numbered. */
  readonly titles?: readonly string[];
  /**
   * `shared`: one colour scale for all panels, from the lowest to the highest dissimilarity of any of them; `each`:
   * every panel by its own range, written in its title. Default: `shared` where all RDMs have the same metric, since
   * values of different metrics are no more comparable than metres and seconds; `each` otherwise.
   */
  readonly scale?: "shared" | "each";
  /**
   * The lowest and highest value of the shared colour scale; values outside are counted in the caption. `robust`: the
   * 1st and 99th percentile of what is drawn (averaged to pixels, where there are more items than pixels).
   */
  readonly range?: Range | "robust";
  /**
   * The order of the items: that of the `first` RDM, where all have the same items; their `own`; or one of yours, which
   * must name every item. Default: `first`.
   */
  readonly order?: ItemOrder;
  /** Panels in a row. Default: up to 4 panels in one row, more in rows of about two to one. */
  readonly columns?: number;
  /** Category of each item, for coloured bands beside the panels. In the order in which they are drawn. */
  readonly categories?: Categories;
  /** Write the items' labels beside the panels. Default: where each has room for its letters. */
  readonly itemLabels?: boolean;
  /**
   * One image an item, small beside the panels: in the order of the items, or by label. Where cells are smaller than
   * an icon, icons stand in several columns that repeat.
   */
  readonly icons?: readonly PixelImage[] | ((item: string) => PixelImage);
  /** Draw a line around these cells: pairs of labels, or a function of two labels that says which. */
  readonly outline?: Outline;
  /** What the line is around. Default: `outlined cells`. */
  readonly outlineLabel?: string;
  /** One title over all panels. Default: none. */
  readonly title?: string;
  /** Default: `viridis`. */
  readonly palette?: SequentialPalette;
  /** What the colour bar measures. Default: the metric. */
  readonly label?: string;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Largest width of the whole figure. Default: 760. */
  readonly widthPx?: number;
  /** Largest side of a panel. Default: 340. */
  readonly panelPx?: number;
}
