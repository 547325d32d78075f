import type { Image } from "../../io/index.ts";
import { resizePil } from "../../io/image/pil-resize.ts";

/** Pixels a side that CLIP ViT-B/32 sees. */
export const CLIP_SIDE = 224;

/** Mean and standard deviation of red, green and blue that CLIP was trained with. */
const MEAN = [0.48145466, 0.4578275, 0.40821073];
const SD = [0.26862954, 0.26130258, 0.27577711];

/**
 * An image as CLIP wants it: the shorter side brought to 224 pixels, the middle cut out, each colour standardised;
 * colours × 224 × 224, as `CLIPImageProcessor` does. Grey counts as three equal colours, alpha is left out.
 */
export function clipPixels(image: Image): Float32Array {
  const { width, height } = image;
  const short = Math.min(width, height);
  // In this order, as PIL's users do: of 214 × 321 the long side is 336, and not 335.
  const side = (length: number) =>
    length === short ? CLIP_SIDE : Math.trunc((CLIP_SIDE * length) / short);
  const small = resizePil(image, side(width), side(height), "bicubic");
  const left = Math.floor((small.width - CLIP_SIDE) / 2);
  const top = Math.floor((small.height - CLIP_SIDE) / 2);
  const out = new Float32Array(3 * CLIP_SIDE * CLIP_SIDE);
  for (let c = 0, at = 0; c < 3; c++) {
    const channel = small.channels === 1 ? 0 : c;
    for (let y = 0; y < CLIP_SIDE; y++) {
      for (let x = 0; x < CLIP_SIDE; x++, at++) {
        const place = ((top + y) * small.width + left + x) * small.channels + channel;
        out[at] = (small.data[place] / 255 - MEAN[c]) / SD[c];
      }
    }
  }
  return out;
}
