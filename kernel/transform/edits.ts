/** Where, in a composition, the text goes that was not taken. */
export const rest: unique symbol = Symbol("rest");

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Which side an insertion belongs to where a region ends at its place. */
  readonly side?: "left" | "right";
  /** Not made in the second copy of a region that is written twice. */
  readonly inFirst?: boolean;
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
  readonly #taken: { start: number; end: number }[] = [];
  readonly #repeats: { start: number; end: number; copies: Copies }[] = [];

  constructor(readonly source: string) {}

  /** Inserts what belongs to the text after it. */
  open(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, side: "right" });
  }

  /** Inserts what belongs to the text before it. */
  close(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, side: "left" });
  }

  /** As `open`, but not in the second copy of a region that is written twice. */
  openInFirst(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, side: "right", inFirst: true });
  }

  /** As `close`, but not in the second copy of a region that is written twice. */
  closeInFirst(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, side: "left", inFirst: true });
  }

  /** Writes a region of the rest twice. */
  repeat(start: number, end: number, copies: Copies): void {
    this.#repeats.push({ start, end, copies });
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  /** Takes a region out of the rest; `compose` places it again. */
  take(start: number, end: number): { start: number; end: number } {
    const region = { start, end };
    this.#taken.push(region);
    return region;
  }

  /** Joins literal text and regions of the source; `rest` is what was not taken. */
  compose(parts: readonly (string | { start: number; end: number } | typeof rest)[]): EditedCode {
    const segments = parts.flatMap((part) => this.#segmentsOf(part));
    return { code: segments.map(({ text }) => text).join(""), origin: tracer(segments) };
  }

  #segmentsOf(part: string | typeof rest | { start: number; end: number }): Segment[] {
    if (part === rest) return this.#gaps().flatMap((gap) => this.#withCopies(gap));
    if (typeof part === "string") return [{ text: part, from: 0, verbatim: false }];
    return [...this.#region(part), { text: "\n", from: part.end, verbatim: false }];
  }

  #gaps(): { start: number; end: number }[] {
    const taken = [...this.#taken].sort((a, b) => a.start - b.start);
    const starts = [0, ...taken.map(({ end }) => end)];
    const ends = [...taken.map(({ start }) => start), this.source.length];
    return starts.map((start, i) => ({ start, end: ends[i] }));
  }

  #withCopies({ start, end }: { start: number; end: number }): Segment[] {
    const inside = this.#repeats
      .filter((one) => one.start >= start && one.end <= end)
      .sort((a, b) => a.start - b.start);
    const segments: Segment[] = [];
    let at = start;
    for (const { copies, ...region } of inside) {
      const plain = (text: string): Segment => ({ text, from: region.start, verbatim: false });
      segments.push(...this.#region({ start: at, end: region.start }), plain(copies.before));
      segments.push(...this.#region(region), plain(copies.between));
      segments.push(...this.#region(region, 2), plain(copies.after));
      at = region.end;
    }
    return [...segments, ...this.#region({ start: at, end })];
  }

  #region({ start, end }: { start: number; end: number }, copy: 1 | 2 = 1): Segment[] {
    const segments: Segment[] = [];
    let at = start;
    for (const edit of this.#within(start, end)) {
      if (edit.inFirst === true && copy === 2) continue;
      segments.push({ text: this.source.slice(at, edit.start), from: at, verbatim: true });
      segments.push({ text: edit.text, from: edit.start, verbatim: false });
      at = edit.end;
    }
    segments.push({ text: this.source.slice(at, end), from: at, verbatim: true });
    return segments;
  }

  /** The edits of a region in order: at one place insertions come first, as they were made. */
  #within(start: number, end: number): Edit[] {
    return this.#edits
      .filter((edit) => edit.start >= start && edit.end <= end)
      .filter(
        ({ side, start: at }) => side === undefined || (side === "left" ? at > start : at < end),
      )
      .sort((a, b) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start));
  }
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
