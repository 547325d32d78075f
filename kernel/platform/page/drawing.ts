/** Draws an SVG as a PNG: a worker cannot, the page can. */
export type Draw = (svg: string, scale: number) => Promise<Uint8Array>;

let draw: Draw = async () => {
  throw new Error("there is no page to draw it");
};

/** Says who draws. */
export function drawBy(given: Draw): void {
  draw = given;
}

export function drawing(svg: string, scale: number): Promise<Uint8Array> {
  return draw(svg, scale);
}
