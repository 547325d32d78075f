import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { anImage } from "../images/image-url.ts";
import { oneOf, range, either, texts, callback, listOf, text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { captionShapes } from "../draw/caption.ts";
import { drawShapes, joinShapes } from "../draw/shapes.ts";
import { swatchShapes } from "../draw/swatches.ts";
import { Figure } from "../figure.ts";
import { inOneOrder } from "./item-order.ts";
import { sequentialPalettes } from "../colour/palette.ts";
import { checkOutline } from "./outline.ts";
import type { PlotRdmsOptions } from "./options.ts";
import { rdmPanels, type Panels } from "./rdm-panels.ts";
import { rdmsTable } from "./rdms-table.ts";
import { rdmsAltText, rdmsCaption } from "./words.ts";

export const plotRdmsNames: OptionNames<PlotRdmsOptions> = {
  titles: true,
  scale: oneOf(["shared", "each"]),
  range: either(range, oneOf(["robust"])),
  order: either(texts, oneOf(["first", "own"])),
  columns: true,
  categories: either(texts, callback),
  itemLabels: true,
  icons: either(listOf(anImage), callback),
  outline: checkOutline,
  outlineLabel: text,
  title: true,
  palette: oneOf(sequentialPalettes),
  label: true,
  caption: true,
  showCaption: true,
  widthPx: true,
  panelPx: true,
};

/**
 * Draw one RDM or several side by side: one honest colour scale for all, from their lowest to their highest
 * off-diagonal value; the diagonal masked; missing values hatched and counted in the caption. Strips wrap into rows.
 * Each panel is a picture of at most two pixels per shown pixel, averaged over area where there are more items.
 *
 * Throws `ShapeMismatch` when titles, categories or icons do not fit the RDMs, `InvalidArgument` when there is no RDM or no
 * room, `UnknownOption` for a palette that is not there.
 *
 * @example
 * import { plotRdms, Rdm } from "tsrsa";
 * const rdm = new Rdm([0.2, 0.9, 1.1], { items: ["cat", "dog", "car"], metric: "correlation", name: "pixels" });
 * const figure = plotRdms(rdm, { categories: (item) => (item === "car" ? "thing" : "animal") });
 * figure.altText; // "Representational dissimilarity matrix (pixels) of 3 items: dissimilarity (correlation), values from 0.2 to 1.1."
 */
export function plotRdms(rdms: RdmInput, options: PlotRdmsOptions = {}): Figure {
  checkOptions(options, plotRdmsNames);
  const panels = rdmPanels(inOneOrder(toRdms(rdms), options.order ?? "first"), options);
  return assemble({
    ...panels,
    caption: options.caption ?? rdmsCaption(panels.said),
    showCaption: options.showCaption ?? true,
  });
}

interface Assembly extends Panels {
  readonly caption: string;
  readonly showCaption: boolean;
}

function assemble({ layout, shapes, swatches, said, caption, showCaption }: Assembly): Figure {
  const across = { left: layout.left, right: layout.widthPx - layout.left };
  const legend = swatchShapes(swatches, { ...across, top: layout.bottom + 8 });
  const legendBottom = layout.bottom + (legend.height === 0 ? 0 : legend.height + 8);
  const words = captionShapes(showCaption ? caption : "", { ...across, top: legendBottom + 10 });
  const heightPx = Math.ceil(legendBottom + (words.height === 0 ? 0 : words.height + 10) + 10);
  const altText = rdmsAltText(said);
  const size = { widthPx: layout.widthPx, heightPx, altText };
  const svg = drawShapes(joinShapes([...shapes, legend.shapes, words.shapes]), size);
  return new Figure({ ...size, svg, caption, data: () => rdmsTable(said.rdms, said.titles) });
}
