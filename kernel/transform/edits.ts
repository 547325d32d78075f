/** Where, in a composition, the text goes that was not taken. */
export const rest: unique symbol = Symbol("rest");

interface Region {
  readonly start: number;
  readonly end: number;
}

/** In which copies of a region that is written twice an edit is made; default both. */
export type Copy = "first" | "second";

interface Edit extends Region {
  readonly text: string;
  /** What an insertion belongs to: the text before its place, or the text after. */
  readonly side?: "left" | "right";
  /** How far the text reaches that an insertion goes around: at one place the outer lies outside. */
  readonly reach: number;
  /** Which came first: of two around the same text, that one lies outside. */
  readonly made: number;
  readonly only?: Copy;
}

/** What stands around the two copies of a region that is written twice. */
export interface Copies {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

interface Segment {
  readonly text: string;
  /** Offset in the source of the segment's first character. */
  readonly from: number;
  /** True when the text is the source's own, so that offsets inside it map one to one. */
  readonly verbatim: boolean;
}

/** Code after edits, and where each of its characters came from. */
export interface EditedCode {
  readonly code: string;
  /** The offset in the source of an offset in `code`. */
  readonly origin: (offset: number) => number;
}

/** Edits of one source text: replacements, and regions taken out to be placed elsewhere. */
export class Edits {
  readonly #edits: Edit[] = [];
  readonly #taken: Region[] = [];
  readonly #repeats: (Region & { copies: Copies })[] = [];
  #isSorted = true;

  constructor(readonly source: string) {}

  /** Puts text around a region. */
  wrap({ start, end }: Region, before: string, after: string, only?: Copy): void {
    this.#add({ start, end: start, text: before, side: "right", reach: end, only });
    this.#add({ start: end, end, text: after, side: "left", reach: start, only });
  }

  /** Inserts text before all that begins at its place. */
  insert(at: number, text: string, only?: Copy): void {
    this.#add({ start: at, end: at, text, side: "right", reach: Infinity, only });
  }

  replace(start: number, end: number, text: string, only?: Copy): void {
    this.#add({ start, end, text, reach: 0, only });
  }

  /** Writes a region of the rest twice. */
  repeat(start: number, end: number, copies: Copies): void {
    this.#repeats.push({ start, end, copies });
  }

  /** Takes a region out of the rest; `compose` places it again. */
  take(start: number, end: number): Region {
    const region = { start, end };
    this.#taken.push(region);
    return region;
  }

  /** Joins literal text and regions of the source; `rest` is what was not taken. */
  compose(parts: readonly (string | Region | typeof rest)[]): EditedCode {
    const segments = parts.flatMap((part) => this.#segmentsOf(part));
    return { code: segments.map(({ text }) => text).join(""), origin: tracer(segments) };
  }

  #add(edit: Omit<Edit, "made">): void {
    this.#edits.push({ ...edit, made: this.#edits.length });
    this.#isSorted = false;
  }

  #segmentsOf(part: string | typeof rest | Region): Segment[] {
    if (part === rest) return this.#gaps().flatMap((gap) => this.#withCopies(gap));
    if (typeof part === "string") return [{ text: part, from: 0, verbatim: false }];
    return [...this.#region(part), { text: "\n", from: part.end, verbatim: false }];
  }

  #gaps(): Region[] {
    const taken = [...this.#taken].sort((a, b) => a.start - b.start);
    const starts = [0, ...taken.map(({ end }) => end)];
    const ends = [...taken.map(({ start }) => start), this.source.length];
    return starts.map((start, i) => ({ start, end: ends[i] }));
  }

  #withCopies({ start, end }: Region): Segment[] {
    const inside = this.#repeats
      .filter((one) => one.start >= start && one.end <= end)
      .sort((a, b) => a.start - b.start);
    const segments: Segment[] = [];
    let at = start;
    for (const { copies, ...region } of inside) {
      const plain = (text: string): Segment => ({ text, from: region.start, verbatim: false });
      segments.push(...this.#region({ start: at, end: region.start }), plain(copies.before));
      segments.push(...this.#region(region, "first"), plain(copies.between));
      segments.push(...this.#region(region, "second"), plain(copies.after));
      at = region.end;
    }
    return [...segments, ...this.#region({ start: at, end })];
  }

  /** A region outside repeats is written once, with what belongs into a second copy: the code as it is. */
  #region({ start, end }: Region, copy: Copy = "second"): Segment[] {
    const segments: Segment[] = [];
    let at = start;
    for (const edit of this.#within(start, end)) {
      if (edit.only !== undefined && edit.only !== copy) continue;
      segments.push({ text: this.source.slice(at, edit.start), from: at, verbatim: true });
      segments.push({ text: edit.text, from: edit.start, verbatim: false });
      at = edit.end;
    }
    segments.push({ text: this.source.slice(at, end), from: at, verbatim: true });
    return segments;
  }

  #within(start: number, end: number): Edit[] {
    const edits = this.#sorted();
    const found: Edit[] = [];
    for (let i = firstFrom(edits, start); i < edits.length && edits[i].start <= end; i++) {
      const { side, start: at, end: to } = edits[i];
      const isInside = side === undefined ? to <= end : side === "left" ? at > start : at < end;
      if (isInside) found.push(edits[i]);
    }
    return found;
  }

  #sorted(): readonly Edit[] {
    if (!this.#isSorted) this.#edits.sort(inOrder);
    this.#isSorted = true;
    return this.#edits;
  }
}

/** At one place: ends of wraps, inner ones first; beginnings of wraps, outer ones first; replacements. */
function inOrder(a: Edit, b: Edit): number {
  if (a.start !== b.start) return a.start - b.start;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const isEnd = a.side === "left";
  return b.reach - a.reach || (isEnd ? b.made - a.made : a.made - b.made);
}

function rank({ side }: Edit): number {
  return side === "left" ? 0 : side === "right" ? 1 : 2;
}

/** The index of the first edit that does not lie before `start`. */
function firstFrom(edits: readonly Edit[], start: number): number {
  let [low, high] = [0, edits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edits[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tracer(segments: readonly Segment[]): (offset: number) => number {
  return (offset) => {
    let at = 0;
    for (const { text, from, verbatim } of segments) {
      if (offset < at + text.length) return verbatim ? from + (offset - at) : from;
      at += text.length;
    }
    return segments.at(-1)?.from ?? 0;
  };
}
