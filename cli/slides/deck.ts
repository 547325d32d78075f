import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { isForSlidesAlone, roleOf } from "../../kernel/notebook/cut-version.ts";
import { pieces } from "./pieces.ts";

/** What stands on a slide: a text, or a cell of code by its position, with its code or with its figures alone. */
export type SlidePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code" | "figures"; readonly cell: number };

/** One slide of a lecture. */
export interface Slide {
  readonly parts: readonly SlidePart[];
  /** What the notebook says meanwhile, as Markdown: the speaker's notes. */
  readonly notes: readonly string[];
}

/**
 * The slides of a notebook whose cells are tagged. `slide` on a text begins a slide, and one more at each of its headings;
 * on code it shows the code, on the slide of the tagged text right above it or else on a slide of its own. `slide-only` without
 * `slide` goes on the slide before. Until the next slide, figures of other cells go on it, and texts into its notes.
 */
export function deckOf(cells: readonly NotebookCell[]): Slide[] {
  const deck = new Deck();
  cells.forEach((cell, at) => {
    if (cell.kind === "raw" || cell.source === "") return;
    if (cell.tags.includes("slide")) deck.tagged(cell, at, cells[at - 1]);
    else if (isForSlidesAlone(cell)) deck.add(partOf(cell, at, "code"));
    else if (cell.kind === "markdown") deck.note(cell.source);
    else if (drawsOnSlide(cell)) deck.add({ kind: "figures", cell: at });
  });
  return deck.slides;
}

/** What an exercise draws would tell its answer. */
function drawsOnSlide(cell: NotebookCell): boolean {
  const role = roleOf(cell)?.role;
  return role !== "exercise" && role !== "explanation" && !cell.tags.includes("hide-cell");
}

function partOf({ kind, source }: NotebookCell, cell: number, as: "code" | "figures"): SlidePart {
  return kind === "markdown" ? { kind: "text", text: source } : { kind: as, cell };
}

class Deck {
  readonly slides: { parts: SlidePart[]; notes: string[] }[] = [];
  readonly #before: string[] = [];

  tagged(cell: NotebookCell, at: number, above: NotebookCell | undefined): void {
    if (cell.kind === "markdown")
      for (const text of pieces(cell.source)) this.#begin({ kind: "text", text });
    else if (above?.kind === "markdown" && above.tags.includes("slide"))
      this.add({ kind: "code", cell: at });
    else this.#begin({ kind: "code", cell: at });
  }

  /** On the slide that is open; what comes before the first is on none. */
  add(part: SlidePart): void {
    this.slides.at(-1)?.parts.push(part);
  }

  /** What is said before the first slide belongs to it. */
  note(text: string): void {
    (this.slides.at(-1)?.notes ?? this.#before).push(text);
  }

  #begin(part: SlidePart): void {
    this.slides.push({ parts: [part], notes: this.#before.splice(0) });
  }
}
