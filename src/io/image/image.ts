import type { Pixels } from "../../core/pixels.ts";

/** An image: 8-bit pixels, rows top to bottom, C order height × width × channels. */
export interface Image extends Pixels {
  /** The file it comes from, or what it shows. */
  readonly name: string;
}
