import type { SequentialPalette } from "../colour/palette.ts";
import type { PixelImage } from "../images/image-url.ts";
import type { Categories } from "./categories.ts";
import type { Range } from "./colour-range.ts";

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
  /** The lowest and highest value of the shared colour scale; values outside are counted in the caption. */
  readonly range?: Range;
  /** Panels in a row. Default: up to 4 panels in one row, more in rows of about two to one. */
  readonly columns?: number;
  /** Category of each item, for coloured bands beside the panels. Sort the items yourself: nothing is reordered. */
  readonly categories?: Categories;
  /** Write the items' labels beside the panels. Default: where each has room for its letters. */
  readonly itemLabels?: boolean;
  /**
   * One image an item, small beside the panels: in the order of the items, or by label. Where cells are smaller than
   * an icon, icons stand in several columns that repeat.
   */
  readonly icons?: readonly PixelImage[] | ((item: string) => PixelImage);
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
