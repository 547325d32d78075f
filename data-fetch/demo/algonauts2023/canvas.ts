import type { Pixels } from "../../../src/core/pixels.ts";

/** Red, green, blue, 0 … 255. */
export type Colour = readonly [red: number, green: number, blue: number];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A square to draw simple shapes on. */
export class Canvas {
  readonly side: number;
  readonly #colours: Float64Array;

  constructor(side: number) {
    this.side = side;
    this.#colours = new Float64Array(3 * side * side);
  }

  /** Every pixel, or those where `colourOf` gives a colour. */
  paint(colourOf: (x: number, y: number) => Colour | undefined): void {
    for (let y = 0; y < this.side; y++) {
      for (let x = 0; x < this.side; x++) {
        const colour = colourOf(x, y);
        if (colour !== undefined) this.#colours.set(colour, 3 * (y * this.side + x));
      }
    }
  }

  rect(left: number, top: number, right: number, bottom: number, colour: Colour): void {
    this.#fill({ left, top, right, bottom }, colour, () => true);
  }

  ellipse(x: number, y: number, rx: number, ry: number, colour: Colour): void {
    const box = { left: x - rx, top: y - ry, right: x + rx, bottom: y + ry };
    this.#fill(box, colour, (px, py) => ((px - x) / rx) ** 2 + ((py - y) / ry) ** 2 <= 1);
  }

  #fill(box: Box, colour: Colour, inside: (x: number, y: number) => boolean): void {
    const last = this.side - 1;
    const [right, bottom] = [Math.min(last, box.right), Math.min(last, box.bottom)];
    for (let y = Math.max(0, Math.ceil(box.top)); y <= bottom; y++) {
      for (let x = Math.max(0, Math.ceil(box.left)); x <= right; x++)
        if (inside(x, y)) this.#colours.set(colour, 3 * (y * this.side + x));
    }
  }

  toPixels(): Pixels {
    const data = Uint8Array.from(this.#colours, (value) =>
      Math.max(0, Math.min(255, Math.round(value))),
    );
    return { width: this.side, height: this.side, channels: 3, data };
  }
}
