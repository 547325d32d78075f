import { displayHook } from "../../display.ts";
import { Unsupported } from "../../errors.ts";

/** How a vector picture becomes pixels. */
export interface RenderOptions {
  /** Pixels per CSS pixel. */
  readonly scale: number;
}

/** A standalone SVG as a PNG file, drawn by the browser itself. */
export async function renderSvg(svg: string, { scale }: RenderOptions): Promise<Uint8Array> {
  // A worker cannot draw one; whoever runs it may.
  if (typeof document === "undefined") return drawnElsewhere(svg, scale);
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = await load(address);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (blob === null) throw new Unsupported("the browser made no PNG", "take the figure's svg");
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function drawnElsewhere(svg: string, scale: number): Promise<Uint8Array> {
  const draw = displayHook()?.drawSvg;
  if (draw === undefined)
    throw new Unsupported("a worker cannot draw an SVG", "take the figure's svg");
  return draw(svg, scale);
}

async function load(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}
