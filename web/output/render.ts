import { isObject, textOf } from "../json.ts";
import type { Json } from "../json.ts";
import type { Output } from "../notebook/cell.ts";
import { element } from "../view/element.ts";
import { renderCheck } from "./check.ts";
import { cleanNodes, hasScripts } from "./clean.ts";
import { folded } from "./folded.ts";
import { answerHover } from "./hover.ts";
import { formula, renderMarkdown } from "./markdown.ts";
import { takeOutMath } from "./math.ts";
import { figureMime } from "./rdm-panels.ts";
import { sandbox } from "./sandbox.ts";
import { terminalPieces } from "./terminal-text.ts";

/** What rendering an output may need of the notebook around it. */
export interface RenderContext {
  /** The view of a widget, live; undefined when its model is not known. */
  readonly widget: (model: string) => HTMLElement | undefined;
}

type Render = (value: unknown, bundle: Json, context: RenderContext) => HTMLElement | undefined;

/** How each MIME type is shown, the richest first; one that gives nothing is passed over. */
const renderers: readonly (readonly [string, Render])[] = [
  ["application/vnd.jupyter.widget-view+json", (value, _, { widget }) => widgetOf(value, widget)],
  ["application/vnd.tsrsa.check+json", (value) => renderCheck(value)],
  ["text/html", (value) => whenText(value, html)],
  ["image/svg+xml", (value, bundle) => whenText(value, (svg) => svgImage(svg, bundle))],
  ["image/png", (value, bundle) => bytesImage("image/png", value, bundle)],
  ["image/jpeg", (value, bundle) => bytesImage("image/jpeg", value, bundle)],
  ["image/gif", (value, bundle) => bytesImage("image/gif", value, bundle)],
  ["image/webp", (value, bundle) => bytesImage("image/webp", value, bundle)],
  ["text/markdown", (value) => whenText(value, markdown)],
  ["text/latex", (value) => whenText(value, latex)],
  ["application/json", (value) => jsonTree(value)],
  ["application/javascript", () => note("JavaScript for the page, which is not run here")],
  ["text/plain", (value) => whenText(value, (text) => plainText(text))],
];

/** An output as an element; undefined for one that shows nothing, as what speaks to `tsrsa run` only. */
export function renderOutput(output: Output, context: RenderContext): HTMLElement | undefined {
  switch (output.output_type) {
    case "stream":
      return plainText(output.text, output.name);
    case "error":
      return errorBox(output);
    default:
      return renderBundle(output.data, context);
  }
}

/** A value in the richest of its forms that can be shown. */
export function renderBundle(bundle: Json, context: RenderContext): HTMLElement | undefined {
  for (const [mime, render] of renderers) {
    if (!(mime in bundle)) continue;
    const made = render(bundle[mime], bundle, context);
    if (made !== undefined) return made;
  }
  return undefined;
}

function whenText(value: unknown, render: (text: string) => HTMLElement): HTMLElement | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : render(text);
}

function widgetOf(value: unknown, widget: RenderContext["widget"]): HTMLElement | undefined {
  return isObject(value) && typeof value.model_id === "string" ? widget(value.model_id) : undefined;
}

function html(text: string): HTMLElement {
  if (hasScripts(text)) return sandbox({ type: "html", html: text }).element;
  const made = element("div", { class: "html" });
  made.append(cleanNodes(text));
  return made;
}

function markdown(text: string): HTMLElement {
  const made = element("div", { class: "prose" });
  made.append(renderMarkdown(text));
  return made;
}

function latex(text: string): HTMLElement {
  const { formulas } = takeOutMath(text);
  const all = formulas.length > 0 ? formulas : [{ latex: text, display: true }];
  const made = element("div", { class: "prose" });
  made.append(...all.map((each) => formula(each.latex, each.display)));
  return made;
}

/** In an `img` no script of a picture runs. */
function svgImage(svg: string, bundle: Json): HTMLElement {
  const isAlone = /<svg[^>]*\sxmlns=/.test(svg);
  const whole = isAlone ? svg : svg.replace(/<svg/, '<svg xmlns="http://www.w3.org/2000/svg"');
  const image = element("img", {
    src: `data:image/svg+xml,${encodeURIComponent(whole)}`,
    alt: labelOf(svg) ?? altOf(bundle),
  });
  const made = element("figure", {}, image);
  answerHover(made, image, svg, bundle[figureMime]);
  return made;
}

/** What the picture says of itself, for readers who cannot see it. */
function labelOf(svg: string): string | undefined {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const title = parsed.querySelector(":scope > title")?.textContent;
  return parsed.getAttribute("aria-label") ?? title ?? undefined;
}

function altOf(bundle: Json): string {
  return textOf(bundle["text/plain"]) ?? "figure";
}

function bytesImage(mime: string, value: unknown, bundle: Json): HTMLElement | undefined {
  const base64 = textOf(value)?.replace(/\s/g, "");
  if (base64 === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  return figure(`data:${mime};base64,${base64}`, altOf(bundle));
}

function figure(source: string, alt: string): HTMLElement {
  return element("figure", {}, element("img", { src: source, alt }));
}

function note(text: string): HTMLElement {
  return element("p", { class: "note" }, text);
}

function jsonTree(value: unknown): HTMLElement {
  return folded(JSON.stringify(value, null, 2) ?? "undefined", (text) =>
    element("pre", { class: "text" }, text),
  );
}

function plainText(text: string, name = "stdout"): HTMLElement {
  return folded(text.replace(/\n$/, ""), (shown) =>
    element("pre", { class: `text ${name}` }, ...spans(shown)),
  );
}

function spans(text: string): (Node | string)[] {
  return terminalPieces(text).map(({ text: piece, styles }) =>
    styles.length === 0
      ? piece
      : element("span", { class: styles.map((style) => `ansi-${style}`).join(" ") }, piece),
  );
}

/** A blank that was not filled in is no failure of the reader's. */
function errorBox({ ename, evalue, traceback }: Output & { output_type: "error" }): HTMLElement {
  if (ename === "NotDone") return element("p", { class: "not-done", role: "status" }, evalue);
  const [first = `${ename}: ${evalue}`, ...rest] = traceback;
  const where = rest.length === 0 ? [] : ["\n", ...spans(rest.join("\n"))];
  return element(
    "pre",
    { class: "error", role: "alert" },
    element("strong", {}, ...spans(first)),
    ...where,
  );
}
