/** Bytes of a piece that is fetched and kept. */
const PIECE = 2 ** 18;
/** Bytes that are kept at most. */
const MOST_KEPT = 2 ** 26;
/** Bytes of one request at most. */
const MOST_ASKED = 2 ** 23;

type Fetch = (from: number, to: number) => Promise<Uint8Array>;

/**
 * Pieces of a file that were fetched, those used last kept. Neighbours that are missing are fetched in one request, and
 * who reads on and on is given more at a time.
 */
export class PartCache {
  readonly #size: number;
  readonly #fetch: Fetch;
  readonly #pieces = new Map<number, Promise<Uint8Array>>();
  #next = -1;
  #ahead = 0;

  constructor(size: number, fetch: Fetch) {
    this.#size = size;
    this.#fetch = fetch;
  }

  /** Bytes that came without being asked for: whole pieces of them are kept. */
  put(from: number, bytes: Uint8Array): void {
    for (let piece = Math.ceil(from / PIECE); ; piece++) {
      const at = piece * PIECE - from;
      const end = Math.min(this.#size, (piece + 1) * PIECE) - from;
      if (end > bytes.length || at >= end) return;
      this.#keep(piece, Promise.resolve(bytes.subarray(at, end)));
    }
  }

  /** Exactly these bytes, which are in the file. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const out = new Uint8Array(length);
    if (length === 0) return out;
    const first = Math.floor(offset / PIECE);
    const last = Math.floor((offset + length - 1) / PIECE);
    this.#readOn(first, last);
    const atOnce = Math.floor(MOST_ASKED / PIECE);
    for (let from = first; from <= last; from += atOnce) {
      const to = Math.min(last, from + atOnce - 1);
      if (this.#lacks(from, to)) this.#ask(from, Math.min(to + this.#ahead, from + atOnce - 1));
      for (let piece = from; piece <= to; piece++) {
        const bytes = await this.#piece(piece);
        const at = piece * PIECE - offset;
        const skip = Math.max(0, -at);
        out.set(bytes.subarray(skip, Math.min(bytes.length, length - at)), at + skip);
      }
    }
    return out;
  }

  /** Reading in order, as a stream does, doubles what is asked for; a jump begins anew. */
  #readOn(first: number, last: number): void {
    const follows = first === this.#next || first === this.#next - 1;
    if (last >= this.#next)
      this.#ahead = follows ? Math.min(2 * this.#ahead + 1, MOST_ASKED / PIECE) : 0;
    this.#next = last + 1;
  }

  #lacks(from: number, to: number): boolean {
    for (let piece = from; piece <= to; piece++) if (!this.#pieces.has(piece)) return true;
    return false;
  }

  async #piece(piece: number): Promise<Uint8Array> {
    const kept = this.#pieces.get(piece);
    if (kept !== undefined) {
      this.#pieces.delete(piece);
      this.#pieces.set(piece, kept);
      return kept;
    }
    this.#ask(piece, piece);
    return this.#piece(piece);
  }

  /** Ask for what is missing from … to, neighbours together. */
  #ask(from: number, to: number): void {
    const end = Math.min(to, Math.ceil(this.#size / PIECE) - 1);
    for (let piece = from; piece <= end; piece++) {
      if (this.#pieces.has(piece)) continue;
      let last = piece;
      while (last < end && !this.#pieces.has(last + 1)) last++;
      this.#fetchPieces(piece, last);
      piece = last;
    }
  }

  #fetchPieces(first: number, last: number): void {
    const from = first * PIECE;
    const all = this.#fetch(from, Math.min(this.#size, (last + 1) * PIECE));
    for (let piece = first; piece <= last; piece++) {
      const at = (piece - first) * PIECE;
      // A copy: a view would keep all of its neighbours in memory.
      const one = all.then((bytes) => bytes.slice(at, at + PIECE));
      one.catch(() => this.#pieces.delete(piece));
      this.#keep(piece, one);
    }
  }

  #keep(piece: number, bytes: Promise<Uint8Array>): void {
    this.#pieces.set(piece, bytes);
    for (const oldest of this.#pieces.keys()) {
      if (this.#pieces.size <= MOST_KEPT / PIECE) return;
      this.#pieces.delete(oldest);
    }
  }
}
