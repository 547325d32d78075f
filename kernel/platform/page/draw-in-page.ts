import type { CellsMessage, ToCells } from "./cells-messages.ts";

type Drawn = Extract<ToCells, { type: "drawn" }>;

const post = self.postMessage.bind(self);
const waiting = new Map<number, (drawn: Drawn) => void>();
let asked = 0;

/** Draws an SVG as a PNG: the page does, since a worker cannot. */
export async function drawInPage(svg: string, scale: number): Promise<Uint8Array> {
  const id = (asked += 1);
  const drawn = await new Promise<Drawn>((resolve) => {
    waiting.set(id, resolve);
    post({ type: "draw", id, svg, scale } satisfies CellsMessage);
  });
  if (drawn.bytes === undefined) throw new Error(drawn.reason ?? "the page could not draw it");
  return drawn.bytes;
}

export function onDrawn(drawn: Drawn): void {
  waiting.get(drawn.id)?.(drawn);
  waiting.delete(drawn.id);
}
