import type { NotebookDocument } from "../notebook/document.ts";
import type { Match } from "../notebook/find.ts";
import { findAll, replaceAll } from "../notebook/find.ts";
import { button, element } from "./element.ts";

/** Finds text in all cells, and replaces it. */
export class FindBar {
  readonly element = element("div", { class: "find", role: "search", hidden: true });
  readonly #document: NotebookDocument;
  readonly #show: (match: Match) => void;
  readonly #onClose: () => void;
  readonly #text = element("input", { type: "search", "aria-label": "find", placeholder: "find" });
  readonly #other = element("input", {
    type: "text",
    "aria-label": "replace with",
    placeholder: "replace with",
  });
  readonly #count = element("span", { role: "status" });
  #at = -1;

  constructor(document: NotebookDocument, show: (match: Match) => void, onClose: () => void) {
    this.#document = document;
    this.#show = show;
    this.#onClose = onClose;
    this.element.append(
      this.#text,
      button("↑", "Previous", () => this.#go(-1)),
      button("↓", "Next", () => this.#go(1)),
      this.#count,
      this.#other,
      button("Replace all", "Replace all", () => this.#replace()),
      button("✕", "Close", () => this.close()),
    );
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.#text.addEventListener("input", () => {
      this.#at = -1;
      this.#tellCount();
    });
  }

  open(): void {
    this.element.hidden = false;
    this.#text.focus();
    this.#text.select();
  }

  close(): void {
    this.element.hidden = true;
    this.#onClose();
  }

  #onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") this.close();
    if (event.key !== "Enter" || event.target !== this.#text) return;
    this.#go(event.shiftKey ? -1 : 1);
    this.#text.focus();
  }

  #go(by: -1 | 1): void {
    const matches = findAll(this.#document.cells, this.#text.value);
    if (matches.length === 0) return this.#tellCount();
    this.#at = (this.#at + by + matches.length) % matches.length;
    if (this.#at < 0) this.#at = 0;
    this.#show(matches[this.#at]);
    this.#count.textContent = `${this.#at + 1} of ${matches.length}`;
  }

  #tellCount(): void {
    const { length } = findAll(this.#document.cells, this.#text.value);
    this.#count.textContent = this.#text.value === "" ? "" : `${length} found`;
  }

  #replace(): void {
    const text = this.#text.value;
    const matches = findAll(this.#document.cells, text);
    for (const { id, source } of replaceAll(this.#document.cells, text, this.#other.value))
      this.#document.setSource(id, source);
    this.#count.textContent = `${matches.length} replaced`;
  }
}
