import type { MimeBundle } from "./display.ts";
import { paragraphs } from "./text.ts";

/** What is shown, with notes under it: in the page as well as in the plain text. */
export function noted(shown: MimeBundle, notes: readonly string[]): MimeBundle {
  if (notes.length === 0) return shown;
  return {
    ...shown,
    ...("text/html" in shown && { "text/html": String(shown["text/html"]) + paragraphs(notes) }),
    "text/plain": [String(shown["text/plain"]), ...notes].join("\n"),
  };
}
