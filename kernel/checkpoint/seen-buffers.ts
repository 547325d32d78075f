import type { Node } from "./nodes.ts";

interface Range {
  readonly at: number;
  start: number;
  end: number;
}

/** Of each buffer the part that is kept: all that its views see, or the whole of one that stands for itself. */
export class SeenBuffers {
  readonly #ranges = new Map<ArrayBufferLike, Range>();
  readonly #byNode = new Map<number, Range>();

  whole(buffer: ArrayBufferLike, at: number): void {
    this.#grow(buffer, at, 0, buffer.byteLength);
  }

  view(view: ArrayBufferView, at: number): void {
    // Elements stay where the hardware wants them.
    const start = view.byteOffset - (view.byteOffset % 8);
    this.#grow(view.buffer, at, start, view.byteOffset + view.byteLength);
  }

  /** The bytes that are kept of a buffer. */
  bytes(buffer: ArrayBufferLike): Uint8Array {
    const { start, end } = this.#ranges.get(buffer) ?? { start: 0, end: 0 };
    return new Uint8Array(buffer, start, end - start);
  }

  /** A view in the part of its buffer that is kept. */
  moved(node: Node): Node {
    if (node.kind !== "view") return node;
    return { ...node, offset: node.offset - (this.#byNode.get(node.buffer)?.start ?? 0) };
  }

  #grow(buffer: ArrayBufferLike, at: number, start: number, end: number): void {
    const known = this.#ranges.get(buffer);
    const range = known?.at === at ? known : { at, start, end };
    range.start = Math.min(range.start, start);
    range.end = Math.max(range.end, end);
    this.#ranges.set(buffer, range);
    this.#byNode.set(at, range);
  }
}
