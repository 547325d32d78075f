import { CanvasElement, FigureElement } from "./element.ts";
import { namespaces } from "./namespaces.ts";
import { FragmentNode, TextNode } from "./node.ts";

/**
 * As much of a document as Observable Plot needs to draw without a browser: elements, attributes, text, simple
 * selectors, a canvas that turns pixels into PNG. What it does not know it refuses; it never guesses.
 */
export class FigureDocument {
  readonly documentElement: FigureElement = new FigureElement(this, namespaces.xhtml, "html");
  readonly body: FigureElement = this.documentElement.appendChild(
    new FigureElement(this, namespaces.xhtml, "body"),
  );
  /** Plot looks for the window only when a reader points at a figure; there is none. */
  readonly defaultView: { readonly Event: typeof Event } = { Event };

  createElement(name: string): FigureElement {
    return name === "canvas"
      ? new CanvasElement(this, namespaces.xhtml, name)
      : new FigureElement(this, namespaces.xhtml, name);
  }
  createElementNS(namespace: string, name: string): FigureElement {
    return new FigureElement(this, namespace, name);
  }
  createTextNode(text: string): TextNode {
    return new TextNode(this, String(text));
  }
  createDocumentFragment(): FragmentNode {
    return new FragmentNode(this);
  }
  querySelector(selector: string): FigureElement | null {
    return this.documentElement.querySelector(selector);
  }
  querySelectorAll(selector: string): FigureElement[] {
    return this.documentElement.querySelectorAll(selector);
  }
}

/** An empty document to draw a figure in. */
export function createDocument(): FigureDocument {
  return new FigureDocument();
}
