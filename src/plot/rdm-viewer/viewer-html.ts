import { escapeHtml } from "../../core/text.ts";
import type { Figure } from "../figure.ts";
import { rdmViewerScript } from "./viewer-script.ts";
import type { ViewerScene } from "./viewer-scene.ts";

/** Curves under the large RDM, with a cursor at the time that is shown. */
export interface ViewerCurve {
  readonly src: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Where the time of each RDM is, and how high the cursor is. */
  readonly x: readonly number[];
  readonly top: number;
  readonly bottom: number;
}

/** Where each RDM is in the still picture, in pixels: a click there shows it. */
export interface ViewerSpot {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** What a viewer shows beside the RDM. */
export interface ViewerLook {
  /** `time`: RDMs follow each other and can be played; `place`: one is chosen in the still picture, which stays. */
  readonly by: "time" | "place";
  readonly title: string;
  readonly label: string;
  /** What to do with it, in a sentence. */
  readonly hint: string;
  /** The RDM to begin with. */
  readonly start: number;
  readonly sizePx: number;
  readonly curve?: ViewerCurve;
  readonly spots?: readonly ViewerSpot[];
}

/**
 * RDMs to look through as HTML that loads nothing: the still picture, the numbers, and a script that puts a large RDM
 * and what chooses among them beside it or in its place.
 */
export function rdmViewerHtml(
  scene: ViewerScene,
  look: ViewerLook,
  figure: Pick<Figure, "caption" | "altText" | "width" | "height">,
  pngUrl: string,
): string {
  const { width, height, caption } = figure;
  // A "<" inside JSON could end the script it stands in.
  const json = JSON.stringify({ ...scene, ...look, caption, width, height }).replaceAll(
    "<",
    "\\u003c",
  );
  return [
    `<figure class="tsrsa-rdms wide" style="margin:0">`,
    `<img src="${pngUrl}" width="${width}" height="${height}" style="max-width:100%;height:auto" alt="${escapeHtml(figure.altText)}">`,
    `<script type="application/json">${json}</script>`,
    `<script type="module">${rdmViewerScript}</script>`,
    `</figure>`,
  ].join("");
}
