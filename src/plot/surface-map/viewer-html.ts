import { escapeHtml } from "../../core/text.ts";
import { sides } from "../../surface/hemispheres.ts";
import type { Figure, FigureParts } from "../figure.ts";
import type { DrawnMap } from "./surface-figure.ts";
import type { PlotSurfaceMapOptions } from "./surface-map-options.ts";
import type { SurfaceFrames } from "./surface-values.ts";
import { viewAxes } from "./surface-view.ts";
import { sceneHalves } from "./viewer-scene.ts";
import { cortexViewerScript } from "./viewer-script.ts";

const views = [
  { name: "from the left", axes: viewAxes("lateral", "left") },
  { name: "from the right", axes: viewAxes("lateral", "right") },
  { name: "from above", axes: viewAxes("dorsal", "left") },
  { name: "from below", axes: viewAxes("ventral", "left") },
  { name: "from the front", axes: viewAxes("anterior", "left") },
  { name: "from behind", axes: viewAxes("posterior", "left") },
].map(({ name, axes: { right, up, towards } }) => ({ name, axes: [...right, ...up, ...towards] }));

const hint =
  "Drag to turn, click for a value; or with the keys: arrows turn, Shift and arrows move the mark, + and − change the size.";

/** A viewer as HTML that loads nothing: the still picture, the numbers, and a script that puts the cortex in its place. */
export function cortexViewerHtml(
  frames: SurfaceFrames,
  frame: number,
  options: PlotSurfaceMapOptions,
  drawn: DrawnMap,
): FigureParts["html"] {
  const { halves, colours, markers } = drawn;
  const { times, nFrames } = frames;
  const sideAt = (side: string) => halves.findIndex((half) => half.side === side);
  return (figure, pngUrl) => {
    const scene = {
      title: options.title ?? "",
      label: options.label ?? "value",
      hint,
      widePx: Math.min(560, (options.widthPx ?? 760) - 20),
      how: [frames.how, options.caption ?? ""].join(" ").trim(),
      times: nFrames > 1 ? Array.from(times, (timeS) => `${minus(timeS.toFixed(3))} s`) : null,
      start: { ...startOf(options, halves), frame },
      views,
      // Values are held as float32; a value at the threshold stays at it.
      threshold: Math.fround(colours.threshold),
      oneSided: colours.oneSided,
      range: [colours.low, colours.high],
      colours: colours.colours,
      markers: markers.map(({ side, vertex, label }) => ({ half: sideAt(side), vertex, label })),
      ...sceneHalves(halves, options.parcels, frames),
    };
    return htmlOf(JSON.stringify(scene), figure, pngUrl);
  };
}

function minus(text: string): string {
  return text.replace("-", "−");
}

/** Where a viewer begins: as the first of the still pictures; from the middle only one half can be seen. */
function startOf(
  { views: wanted = ["lateral"] }: PlotSurfaceMapOptions,
  halves: DrawnMap["halves"],
): { readonly view: number; readonly which: string } {
  const side = sides.find((one) => halves.some((half) => half.side === one)) ?? "left";
  const [first] = wanted;
  const { right, up, towards } = viewAxes(first, side);
  const axes = [...right, ...up, ...towards].join();
  const view = views.findIndex((one) => one.axes.join() === axes);
  const which = halves.length > 1 && first !== "medial" ? "both" : side;
  return { view, which };
}

function htmlOf(json: string, figure: Figure, pngUrl: string): string {
  const { width, height } = figure;
  return [
    `<figure class="tsrsa-cortex" style="margin:0">`,
    `<img src="${pngUrl}" width="${width}" height="${height}" style="max-width:100%;height:auto" alt="${escapeHtml(figure.altText)}">`,
    // A "<" inside JSON could end the script it stands in.
    `<script type="application/json">${json.replaceAll("<", "\\u003c")}</script>`,
    `<script type="module">${cortexViewerScript}</script>`,
    `</figure>`,
  ].join("");
}
