import katex from "katex";
import MarkdownIt, { type Token } from "markdown-it";
import { cleanNodes } from "./clean.ts";
import { takeOutMath } from "./math.ts";

const markdown = new MarkdownIt({ html: true, linkify: true });
// A word with a dot, as "table.csv", is no address.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Where a picture of the text comes from; undefined for one that is not shown. */
export type PictureSource = (address: string) => string | undefined;

/** Markdown with formulas as nodes. Formulas are made after the cleaning: what makes them is ours. */
export function renderMarkdown(
  text: string,
  pictureOf: PictureSource = () => undefined,
): DocumentFragment {
  const { text: plain, formulas } = takeOutMath(text);
  const host = document.createElement("div");
  host.append(cleanNodes(markdown.render(plain)));
  showPictures(host, markdown.parse(plain, {}), pictureOf);
  for (const [at, { latex, display }] of formulas.entries()) putFormula(host, at, latex, display);
  const fragment = document.createDocumentFragment();
  fragment.append(...host.childNodes);
  return fragment;
}

/** Pictures that are not in the text itself lost their address in the cleaning; those of this folder get it back. */
function showPictures(host: HTMLElement, tokens: readonly Token[], pictureOf: PictureSource): void {
  const addresses = tokens
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === "image")
    .map((token) => String(token.attrGet("src") ?? ""));
  const images = [...host.querySelectorAll("img")];
  images.forEach((image, i) => {
    if (image.hasAttribute("src")) return;
    const source = images.length === addresses.length ? pictureOf(addresses[i]) : undefined;
    if (source !== undefined) return image.setAttribute("src", source);
    const missing = document.createElement("em");
    missing.textContent = `[picture not shown: ${`${image.alt} ${addresses[i] ?? ""}`.trim()}]`;
    image.replaceWith(missing);
  });
}

function putFormula(host: HTMLElement, at: number, latex: string, display: boolean): void {
  const mark = `\uE000${at}\uE001`;
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const start = node.textContent?.indexOf(mark) ?? -1;
    if (start < 0) continue;
    const rest = (node as Text).splitText(start);
    rest.textContent = rest.textContent?.slice(mark.length) ?? "";
    rest.before(formula(latex, display));
    return;
  }
}

/** A formula as nodes; one that cannot be read stands there as it was written, in red. */
export function formula(latex: string, display: boolean): HTMLElement {
  const element = document.createElement(display ? "div" : "span");
  katex.render(latex, element, {
    displayMode: display,
    throwOnError: false,
    trust: false,
    maxExpand: 1000,
    maxSize: 20,
    strict: "ignore",
  });
  return element;
}
