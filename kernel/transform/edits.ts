/** Where, in a composition, the text goes that was not taken. */
export const rest: unique symbol = Symbol("rest");

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
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

  constructor(readonly source: string) {}

  insert(at: number, text: string): void {
    this.replace(at, at, text);
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
    if (part === rest) return this.#gaps().flatMap((gap) => this.#region(gap));
    if (typeof part === "string") return [{ text: part, from: 0, verbatim: false }];
    return [...this.#region(part), { text: "\n", from: part.end, verbatim: false }];
  }

  #gaps(): { start: number; end: number }[] {
    const taken = [...this.#taken].sort((a, b) => a.start - b.start);
    const starts = [0, ...taken.map(({ end }) => end)];
    const ends = [...taken.map(({ start }) => start), this.source.length];
    return starts.map((start, i) => ({ start, end: ends[i] }));
  }

  #region({ start, end }: { start: number; end: number }): Segment[] {
    const segments: Segment[] = [];
    let at = start;
    for (const edit of this.#within(start, end)) {
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
