import { deflate } from "#platform/png";
import { escapeHtml } from "../../core/text.ts";
import { base64 } from "../png/data-url.ts";
import type { Figure } from "../figure.ts";
import { brightness, type Background } from "./background.ts";
import { BRIGHTEST } from "./map-colours.ts";
import type { Prepared } from "./prepare.ts";
import { shownValue, type Shown } from "./shown.ts";
import { viewerScript } from "./viewer-script.ts";
import { drawnSentence } from "./words.ts";
import type { PlacedVolume, Transform, Vec3 } from "./volume.ts";

/** A background of more voxels is thinned: a page is no place for 50 MB. */
const MOST_VOXELS = 1_200_000;
/** Steps of grey are few, so that they pack well. */
const GREY_STEP = 4;

/** What is said of a viewer. */
export interface ViewerWords {
  readonly title: string;
  readonly label: string;
  readonly at: Vec3;
}

/**
 * A viewer as HTML that loads nothing: the still picture, the numbers, and a script that puts sliders in the picture's
 * place.
 */
export function viewerHtml(
  prepared: Prepared,
  { title, label, at }: ViewerWords,
  figure: Figure,
  pngUrl: string,
): string {
  const { shown, summary, background, box, colours, flip } = prepared;
  const scene = {
    title,
    label,
    caption: figure.caption,
    drawn: drawnSentence({ label, shown, summary }),
    at,
    box,
    flip,
    threshold: shown.threshold,
    oneSided: shown.oneSided,
    range: [colours.low, colours.high],
    colours: colours.colours.map((rgb) => rgb.slice(0, 3)),
    brightest: BRIGHTEST,
    map: { ...gridOf(shown.map), data: packed(new Uint8Array(mapValues(shown).buffer)) },
    background: background === undefined ? null : backgroundScene(background),
  };
  // A "<" inside JSON could end the script it stands in.
  const json = JSON.stringify(scene).replaceAll("<", "\\u003c");
  return [
    `<figure class="tsrsa-map" style="margin:0">`,
    `<img src="${pngUrl}" width="${figure.width}" height="${figure.height}" alt="${escapeHtml(figure.altText)}">`,
    `<script type="application/json">${json}</script>`,
    `<script type="module">${viewerScript}</script>`,
    `</figure>`,
  ].join("");
}

function gridOf({ shape, toVoxel }: PlacedVolume): { shape: Vec3; toVoxel: Transform } {
  return { shape, toVoxel: toVoxel.slice(0, 3) };
}

/** The values that may be drawn: a mask holds at every threshold. */
function mapValues(shown: Shown): Float32Array<ArrayBuffer> {
  const { data } = shown.map;
  return Float32Array.from({ length: data.length }, (_, at) => {
    if (shown.within === undefined || Number.isNaN(data[at])) return data[at];
    const value = shownValue({ ...shown, threshold: 0 }, at);
    return Number.isNaN(value) ? 0 : value;
  });
}

function backgroundScene(background: Background) {
  const { volume } = background;
  const step = Math.max(1, Math.ceil(Math.cbrt(volume.data.length / MOST_VOXELS)));
  const shape = volume.shape.map((length) => Math.ceil(length / step));
  const levels = new Uint8Array(shape[0] * shape[1] * shape[2]);
  let to = 0;
  for (let i = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++)
      for (let k = 0; k < shape[2]; k++) {
        const at = (i * step * volume.shape[1] + j * step) * volume.shape[2] + k * step;
        const level = brightness(background, volume.data[at]) * 255;
        levels[to++] = Math.min(255, Math.round(level / GREY_STEP) * GREY_STEP);
      }
  const toVoxel = volume.toVoxel.slice(0, 3).map((row) => row.map((value) => value / step));
  return { shape, toVoxel, data: packed(levels) };
}

function packed(bytes: Uint8Array): string {
  return base64(deflate(bytes));
}
