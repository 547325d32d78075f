import { createHash } from "node:crypto";
import sharp from "sharp";
import { Rdm } from "../../src/rdm/rdm.ts";

/** A number between 0 and 1 that is the same every time. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An RDM of `n` items named i0, i1 … with values between 0 and 2. */
export function someRdm(
  n: number,
  options: { seed?: number; metric?: string; name?: string } = {},
) {
  const next = noise(options.seed ?? 1);
  const condensed = Array.from({ length: (n * (n - 1)) / 2 }, () => 2 * next());
  const items = Array.from({ length: n }, (_, i) => `i${i}`);
  return new Rdm(condensed, { items, metric: options.metric ?? "correlation", name: options.name });
}

/** The bytes of the pictures in an SVG, in order. */
export function picturesOf(svg: string): Uint8Array[] {
  return [...svg.matchAll(/href="data:image\/png;base64,([^"]*)"/g)].map(
    ([, text]) => new Uint8Array(Buffer.from(text, "base64")),
  );
}

/** The texts of an SVG, in order. */
export function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

/** An SVG with each picture replaced by its size and a hash of its pixels: zlib packs differently from machine to machine. */
export async function withoutDeflate(svg: string): Promise<string> {
  let text = svg;
  for (const png of picturesOf(svg)) {
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const hash = createHash("sha256").update(data).digest("hex").slice(0, 16);
    text = text.replace(/data:image\/png;base64,[^"]*/, `${info.width}x${info.height}-${hash}`);
  }
  return `${text.replaceAll("><", ">\n<")}\n`;
}
