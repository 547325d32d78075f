import type { Request } from "../messages/requests.ts";

interface Entry {
  readonly line: number;
  readonly input: string;
  output?: string;
}

/** `[session, line, input]`, with outputs `[session, line, [input, output]]`. */
export type HistoryItem = readonly [number, number, string | readonly [string, string | null]];

/** A kernel has one session; front ends ask for it as 0, or by the number they were told. */
const session = 1;
const mostEntries = 1000;
/** Of all inputs and outputs; longer ones push the oldest out earlier. */
const mostCharacters = 400_000;

/** The cells that were run, newest last. */
export class History {
  readonly #entries: Entry[] = [];
  #characters = 0;

  add(line: number, input: string): void {
    this.#entries.push({ line, input });
    this.#grow(input.length);
  }

  /** The value of a cell, as text. */
  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast((known) => known.line === line);
    if (entry === undefined) return;
    entry.output = output;
    this.#grow(output.length);
  }

  #grow(characters: number): void {
    this.#characters += characters;
    while (this.#entries.length > mostEntries || this.#characters > mostCharacters) {
      // The newest stays, however long it is.
      if (this.#entries.length < 2) return;
      const oldest = this.#entries.shift();
      this.#characters -= (oldest?.input.length ?? 0) + (oldest?.output?.length ?? 0);
    }
  }

  /** Answers a request for the last cells, for cells by number, or for cells that match a pattern. */
  find(request: Request<"history_request">): HistoryItem[] {
    return this.#select(request).map(({ line, input, output }) => [
      session,
      line,
      request.output ? ([input, output ?? null] as const) : input,
    ]);
  }

  #select(request: Request<"history_request">): Entry[] {
    switch (request.hist_access_type) {
      case "tail":
        return lastOf(this.#entries, request.n ?? 1000);
      case "range":
        return this.#range(request);
      case "search":
        return lastOf(this.#search(request), request.n ?? 1000);
    }
  }

  #range({ session: asked, start, stop }: Request<"history_request">): Entry[] {
    if (asked !== 0 && asked !== session) return [];
    return this.#entries.filter(({ line }) => line >= start && line < (stop ?? Infinity));
  }

  #search({ pattern, unique }: Request<"history_request">): Entry[] {
    const matches = globMatcher(pattern);
    const found = this.#entries.filter(({ input }) => matches(input));
    if (!unique) return found;
    const newest = new Map(found.map((entry) => [entry.input, entry]));
    return found.filter((entry) => newest.get(entry.input) === entry);
  }
}

function lastOf(entries: readonly Entry[], n: number): Entry[] {
  return n <= 0 ? [] : entries.slice(-n);
}

/**
 * A pattern with `*` for any text and `?` for any character. Written out, since a regular expression
 * made of a hostile pattern may run forever.
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  return (text) => {
    let [at, in_, star, mark] = [0, 0, -1, 0];
    while (at < text.length) {
      if (in_ < pattern.length && pattern[in_] === "*") {
        star = in_++;
        mark = at;
      } else if (in_ < pattern.length && (pattern[in_] === "?" || pattern[in_] === text[at])) {
        in_++;
        at++;
      } else if (star >= 0) {
        in_ = star + 1;
        at = ++mark;
      } else return false;
    }
    return [...pattern.slice(in_)].every((sign) => sign === "*");
  };
}
