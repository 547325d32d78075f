import { InvalidArgument } from "../../core/errors.ts";

/** What a node asks of the document it belongs to. */
export interface NodeOwner {
  createTextNode(text: string): FigureNode;
}

/** A node of a figure's document: what elements, texts and fragments share. */
export abstract class FigureNode {
  abstract readonly nodeType: number;
  parentNode: ParentNode | null = null;
  constructor(readonly ownerDocument: NodeOwner) {}

  abstract get textContent(): string;
  abstract set textContent(text: string);
  abstract cloneNode(deep?: boolean): FigureNode;

  get nextSibling(): FigureNode | null {
    return this.#sibling(1);
  }
  get previousSibling(): FigureNode | null {
    return this.#sibling(-1);
  }
  get parentElement(): ParentNode | null {
    return this.parentNode?.nodeType === 1 ? this.parentNode : null;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  replaceWith(...nodes: (FigureNode | string)[]): void {
    const parent = this.parentNode;
    if (parent === null) return;
    for (const node of nodes) parent.insertBefore(parent.asNode(node), this);
    this.remove();
  }

  /** 4 when `other` comes after this node in the document, 2 when before, 0 when it is the same. */
  compareDocumentPosition(other: FigureNode): number {
    if (other === this) return 0;
    const [mine, theirs] = [pathOf(this), pathOf(other)];
    for (let depth = 0; depth < Math.min(mine.length, theirs.length); depth++) {
      if (mine[depth] !== theirs[depth]) return mine[depth] < theirs[depth] ? 4 : 2;
    }
    return mine.length < theirs.length ? 4 | 16 : 2 | 8;
  }

  #sibling(step: number): FigureNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + step] ?? null;
  }
}

/** A node that has children. */
export abstract class ParentNode extends FigureNode {
  readonly childNodes: FigureNode[] = [];

  get firstChild(): FigureNode | null {
    return this.childNodes[0] ?? null;
  }
  get lastChild(): FigureNode | null {
    return this.childNodes.at(-1) ?? null;
  }
  get textContent(): string {
    return this.childNodes.map((child) => child.textContent).join("");
  }
  set textContent(text: string) {
    for (const child of [...this.childNodes]) child.remove();
    if (text !== "" && text != null) this.append(String(text));
  }

  appendChild<T extends FigureNode>(child: T): T {
    return this.insertBefore(child, null);
  }

  append(...nodes: (FigureNode | string)[]): void {
    for (const node of nodes) this.appendChild(this.asNode(node));
  }

  insertBefore<T extends FigureNode>(child: T, before: FigureNode | null): T {
    if (child.nodeType === 11 && child instanceof ParentNode) {
      for (const inner of [...child.childNodes]) this.insertBefore(inner, before);
      return child;
    }
    if (child === before) return child;
    if (this.#isInside(child))
      throw new InvalidArgument("child", child, "a node cannot be put inside itself");
    child.remove();
    this.childNodes.splice(this.#placeOf(before), 0, child);
    child.parentNode = this;
    return child;
  }

  removeChild<T extends FigureNode>(child: T): T {
    this.childNodes.splice(this.#placeOf(child), 1);
    child.parentNode = null;
    return child;
  }

  replaceChild<T extends FigureNode>(child: FigureNode, old: T): T {
    this.insertBefore(child, old);
    return this.removeChild(old);
  }

  asNode(node: FigureNode | string): FigureNode {
    return node instanceof FigureNode ? node : this.ownerDocument.createTextNode(String(node));
  }

  #isInside(node: FigureNode): boolean {
    return node === this || (this.parentNode !== null && this.parentNode.#isInside(node));
  }

  #placeOf(child: FigureNode | null): number {
    if (child === null || child === undefined) return this.childNodes.length;
    const at = this.childNodes.indexOf(child);
    if (at < 0) throw new InvalidArgument("node", child, "it is not a child of this node");
    return at;
  }
}

/** Text between elements. */
export class TextNode extends FigureNode {
  readonly nodeType = 3;
  #text: string;
  constructor(ownerDocument: NodeOwner, text: string) {
    super(ownerDocument);
    this.#text = text;
  }
  get textContent(): string {
    return this.#text;
  }
  set textContent(text: string) {
    this.#text = String(text);
  }
  get data(): string {
    return this.#text;
  }
  cloneNode(): TextNode {
    return new TextNode(this.ownerDocument, this.#text);
  }
}

/** Nodes without a parent of their own; they move into the node they are appended to. */
export class FragmentNode extends ParentNode {
  readonly nodeType = 11;
  cloneNode(deep = false): FragmentNode {
    const copy = new FragmentNode(this.ownerDocument);
    if (deep) copy.append(...this.childNodes.map((child) => child.cloneNode(true)));
    return copy;
  }
}

function pathOf(node: FigureNode): number[] {
  const parent = node.parentNode;
  return parent === null ? [] : [...pathOf(parent), parent.childNodes.indexOf(node)];
}
