import { createHash } from "node:crypto";
import sharp from "sharp";
import { textWidth } from "../../src/plot/text/text-width.ts";
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

/** Where a text lies, in pixels. */
export interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The box of every text of a figure, as its font would draw it. */
export function textBoxes(svg: string): TextBox[] {
  const boxes: TextBox[] = [];
  const groups = [{ sizePx: 11, anchor: "middle", bold: false, dx: 0, dy: 0 }];
  for (const [tag, name, attributes, text] of svg.matchAll(/<\/?(g|svg|text)\b([^>]*)>([^<]*)/g)) {
    if (tag.startsWith("</")) {
      if (name !== "text") groups.pop();
      continue;
    }
    const of = (key: string) => new RegExp(`(?:^| )${key}="([^"]*)"`).exec(attributes)?.[1];
    const outer = groups[groups.length - 1];
    const [, dx = 0, dy = 0] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(of("transform") ?? "") ?? [];
    const inner = {
      sizePx: Number(of("font-size") ?? outer.sizePx),
      anchor: of("text-anchor") ?? outer.anchor,
      bold: of("font-weight") === undefined ? outer.bold : of("font-weight") === "bold",
      dx: outer.dx + Number(dx),
      dy: outer.dy + Number(dy),
    };
    if (name !== "text") groups.push(inner);
    else boxes.push(boxOf(plain(text), inner, (of("transform") ?? "").includes("rotate(-90")));
  }
  return boxes;
}

type Drawn = { sizePx: number; anchor: string; bold: boolean; dx: number; dy: number };

function boxOf(text: string, { sizePx, anchor, bold, dx, dy }: Drawn, upwards: boolean): TextBox {
  const width = textWidth(text, { sizePx, bold });
  const before = anchor === "start" ? 0 : anchor === "end" ? width : width / 2;
  const half = sizePx * 0.45;
  return upwards
    ? { text, left: dx - half, right: dx + half, top: dy + before - width, bottom: dy + before }
    : { text, left: dx - before, right: dx - before + width, top: dy - half, bottom: dy + half };
}

function plain(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Texts that leave the figure, and pairs that lie over each other. */
export function layoutFaults({
  svg,
  width,
  height,
}: {
  svg: string;
  width: number;
  height: number;
}) {
  const boxes = textBoxes(svg);
  const outside = boxes.filter(
    (box) => box.left < 0 || box.top < 0 || box.right > width || box.bottom > height,
  );
  const crossed = boxes.flatMap((a, i) =>
    boxes
      .slice(0, i)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} | ${b.text}`),
  );
  return { nTexts: boxes.length, outside: outside.map(({ text }) => text), crossed };
}
