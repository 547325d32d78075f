import { FileFormatError, Unsupported } from "../errors.ts";
import type { DecodeOptions } from "../pixels.ts";

const mostChannels = 4;

/** What an image's header claims. */
export interface ImageClaims {
  readonly width: number;
  readonly height: number;
  /** Bits of a channel. */
  readonly bits: number;
  readonly cmyk: boolean;
  readonly pages: number;
}

/** Throws for an image that is not read, before any pixel is decoded: the same ones and words on every platform. */
export function checkReadable(claims: ImageClaims, options: DecodeOptions): void {
  const { name, maxPixels } = options;
  const { width, height } = claims;
  if (width * height > maxPixels)
    throw new FileFormatError(name, "size", `at most ${maxPixels} pixels`, `${width} × ${height}`, {
      advice: "if you trust the image, raise maxPixels",
    });
  const say = (what: string, advice: string) => new Unsupported(`${name} ${what}`, advice);
  if (claims.bits > 8)
    throw say("has more than 8 bits a channel", "save it with 8 bits; or as .npy to keep them all");
  if (claims.cmyk) throw say("is in CMYK colours", "save it in RGB");
  if (claims.pages > 1) throw say("has several pages", "save each as its own image");
  options.take?.(width * height * mostChannels, "pixels");
}
