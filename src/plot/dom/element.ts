import { createCanvasContext, type CanvasContext } from "./canvas.ts";
import { qualifiedName } from "./namespaces.ts";
import { ParentNode, type FigureNode, type NodeOwner } from "./node.ts";
import { matches, selectAll } from "./selector.ts";
import { serialize } from "./serialize.ts";
import { createStyle, type InlineStyle } from "./style.ts";

/** An element of a figure's document: attributes, inline style, children. Events are accepted and never happen. */
export class FigureElement extends ParentNode {
  readonly nodeType = 1;
  readonly #attributes = new Map<string, string>();
  #style: InlineStyle | undefined;

  constructor(
    ownerDocument: NodeOwner,
    readonly namespaceURI: string,
    readonly tagName: string,
  ) {
    super(ownerDocument);
  }

  get localName(): string {
    return this.tagName;
  }
  get nodeName(): string {
    return this.tagName;
  }
  get children(): FigureElement[] {
    return this.childNodes.filter((child) => child instanceof FigureElement);
  }
  get id(): string {
    return this.getAttribute("id") ?? "";
  }
  set id(id: string) {
    this.setAttribute("id", id);
  }
  get className(): string {
    return this.getAttribute("class") ?? "";
  }
  set className(name: string) {
    this.setAttribute("class", name);
  }
  get style(): InlineStyle {
    return (this.#style ??= createStyle());
  }
  set style(text: InlineStyle | string) {
    this.style.cssText = typeof text === "string" ? text : text.cssText;
  }

  /** Attributes in the order they were first set, the inline style last. */
  get attributes(): { name: string; value: string }[] {
    const style = this.#style?.cssText ?? "";
    const all = style === "" ? this.#attributes : [...this.#attributes, ["style", style] as const];
    return Array.from(all, ([name, value]) => ({ name, value }));
  }
  getAttribute(name: string): string | null {
    if (name === "style") return this.#style?.cssText ?? null;
    return this.#attributes.get(name) ?? null;
  }
  setAttribute(name: string, value: unknown): void {
    if (name === "style") this.style.cssText = String(value);
    else this.#attributes.set(name, String(value));
  }
  hasAttribute(name: string): boolean {
    return this.getAttribute(name) !== null;
  }
  removeAttribute(name: string): void {
    if (name === "style") this.style.cssText = "";
    else this.#attributes.delete(name);
  }
  getAttributeNS(namespace: string | null, local: string): string | null {
    return this.getAttribute(qualifiedName(namespace, local));
  }
  setAttributeNS(namespace: string | null, local: string, value: unknown): void {
    this.setAttribute(qualifiedName(namespace, local), value);
  }
  removeAttributeNS(namespace: string | null, local: string): void {
    this.removeAttribute(qualifiedName(namespace, local));
  }

  descendants(): FigureElement[] {
    return this.children.flatMap((child) => [child, ...child.descendants()]);
  }
  matches(selector: string): boolean {
    return matches(this, selector);
  }
  querySelector(selector: string): FigureElement | null {
    return selectAll<FigureElement>(this, selector)[0] ?? null;
  }
  querySelectorAll(selector: string): FigureElement[] {
    return selectAll<FigureElement>(this, selector);
  }

  cloneNode(deep = false): FigureElement {
    const copy = new FigureElement(this.ownerDocument, this.namespaceURI, this.tagName);
    for (const { name, value } of this.attributes) copy.setAttribute(name, value);
    if (deep)
      copy.append(...this.childNodes.map((child: FigureNode): FigureNode => child.cloneNode(true)));
    return copy;
  }

  get outerHTML(): string {
    return serialize(this);
  }

  addEventListener(): void {}
  removeEventListener(): void {}
  dispatchEvent(): boolean {
    return true;
  }
}

/** A canvas: as much of one as Plot needs to turn pixels into an image. */
export class CanvasElement extends FigureElement {
  width = 300;
  height = 150;
  #context: CanvasContext | undefined;

  getContext(kind: string): CanvasContext | null {
    if (kind !== "2d") return null;
    return (this.#context ??= createCanvasContext(this));
  }
  toDataURL(): string {
    return (this.#context ??= createCanvasContext(this)).toDataUrl();
  }
}
