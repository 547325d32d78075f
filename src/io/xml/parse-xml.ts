import { FileFormatError } from "../../core/errors.ts";
import type { Budget } from "../budget/budget.ts";
import { decodeEntities } from "./entities.ts";

/** One element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children; CDATA as it stands, entities put in. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: OpenElement[];
  text: string;
}

/** How a document is read. */
export interface ParseXmlOptions {
  /** For messages. */
  readonly file: string;
  readonly budget: Budget;
  /** Elements that hold nothing but text without signs of XML: found by their end, not letter by letter. */
  readonly raw?: ReadonlySet<string>;
}

const mostDepth = 32;
const nameStart = /[A-Za-z_:\u0080-\uffff]/;
const namePattern = /[A-Za-z_:\u0080-\uffff][-.\w:\u0080-\uffff]*/y;
const attributePattern =
  /\s+([A-Za-z_:\u0080-\uffff][-.\w:\u0080-\uffff]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const spacePattern = /\s*/y;

/**
 * The root of an XML document, with all its elements. Comments and processing instructions are left out; a DOCTYPE is
 * skipped, and nothing that it names is fetched. Throws `FileFormatError` for wrong nesting, entities that a DOCTYPE
 * declares, more than 32 levels, and what is no XML.
 */
export function parseXml(text: string, options: ParseXmlOptions): XmlElement {
  return new XmlReader(text, options).read();
}

class XmlReader {
  readonly #text: string;
  readonly #file: string;
  readonly #budget: Budget;
  readonly #raw: ReadonlySet<string>;
  readonly #open: OpenElement[] = [];
  #root: OpenElement | undefined;
  #at = 0;

  constructor(text: string, { file, budget, raw = new Set() }: ParseXmlOptions) {
    this.#text = text;
    this.#file = file;
    this.#budget = budget;
    this.#raw = raw;
  }

  read(): XmlElement {
    if (this.#text.startsWith("\ufeff")) this.#at = 1;
    while (this.#at < this.#text.length) this.#readNext();
    const open = this.#open.at(-1);
    if (open !== undefined) throw this.#fault(`</${open.name}>`, "the end of the file");
    if (this.#root === undefined) throw this.#fault("an element", "none");
    return this.#root;
  }

  #readNext(): void {
    if (this.#text[this.#at] !== "<") return this.#readText();
    const next = this.#text[this.#at + 1];
    if (next === "/") return this.#readEnd();
    if (next === "?") return this.#skipPast("?>", 2);
    if (next === "!") return this.#readDeclaration();
    if (next !== undefined && nameStart.test(next)) return this.#readStart();
    throw this.#fault("the name of an element behind <", JSON.stringify(next ?? ""));
  }

  #readText(): void {
    const end = this.#text.indexOf("<", this.#at);
    const piece = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#add(
      decodeEntities(piece, () => this.#fault("one of &lt; &gt; &amp; &quot; &apos;", "&")),
    );
    this.#at += piece.length;
  }

  #add(piece: string): void {
    const open = this.#open.at(-1);
    if (open !== undefined) open.text += piece;
    else if (piece.trim() !== "")
      throw this.#fault("an element", JSON.stringify(piece.slice(0, 20)));
  }

  #readDeclaration(): void {
    if (this.#text.startsWith("<!--", this.#at)) return this.#skipPast("-->", 4);
    if (this.#text.startsWith("<![CDATA[", this.#at)) {
      const end = this.#find("]]>", this.#at + 9);
      this.#add(this.#text.slice(this.#at + 9, end));
      this.#at = end + 3;
      return;
    }
    if (this.#text.startsWith("<!DOCTYPE", this.#at) && this.#root === undefined)
      return this.#skipDoctype();
    throw this.#fault("a comment, CDATA or DOCTYPE behind <!", "another");
  }

  #skipDoctype(): void {
    const end = this.#find(">", this.#at);
    const subset = this.#text.indexOf("[", this.#at);
    const close = subset >= 0 && subset < end ? this.#find("]", subset) : end;
    if (/<!ENTITY/.test(this.#text.slice(this.#at, close)))
      throw this.#fault("a DOCTYPE without entities", "an ENTITY");
    this.#at = this.#find(">", close) + 1;
  }

  #readStart(): void {
    const name = this.#match(namePattern, 1)?.[0] ?? "";
    this.#budget.takeObjects(4, `elements <${name}>`);
    const element: OpenElement = { name, attributes: new Map(), children: [], text: "" };
    this.#at += 1 + name.length;
    this.#readAttributes(element);
    this.#place(element);
    this.#at += this.#match(spacePattern)?.[0].length ?? 0;
    if (this.#text.startsWith("/>", this.#at)) this.#at += 2;
    else if (this.#text[this.#at] === ">") this.#enter(element);
    else throw this.#fault(`the end of <${name}>`, JSON.stringify(this.#text[this.#at] ?? ""));
  }

  #readAttributes(element: OpenElement): void {
    for (;;) {
      const found = this.#match(attributePattern);
      if (found === null) return;
      const [whole, name, double, single] = found;
      if (element.attributes.has(name)) throw this.#fault(`one attribute ${name}`, "two");
      this.#budget.takeObjects(2, `attributes of <${element.name}>`);
      const value = decodeEntities(double ?? single, () => this.#fault("an entity of XML", "&"));
      element.attributes.set(name, value);
      this.#at += whole.length;
    }
  }

  #place(element: OpenElement): void {
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (this.#root === undefined) this.#root = element;
    else throw this.#fault("one element around all others", `a second, <${element.name}>`);
  }

  #enter(element: OpenElement): void {
    this.#at += 1;
    if (this.#open.length >= mostDepth)
      throw this.#fault(`at most ${mostDepth} elements in each other`, "more");
    this.#open.push(element);
    if (!this.#raw.has(element.name)) return;
    const end = this.#find("<", this.#at);
    // CDATA and the like inside are read as anywhere.
    if (this.#text[end + 1] !== "/") return;
    element.text = this.#text.slice(this.#at, end);
    this.#at = end;
  }

  #readEnd(): void {
    const end = this.#find(">", this.#at);
    const name = this.#text.slice(this.#at + 2, end).trimEnd();
    const open = this.#open.pop();
    if (open?.name !== name)
      throw this.#fault(
        open === undefined ? "no more ends" : `</${open.name}>`,
        `</${name.slice(0, 40)}>`,
      );
    this.#at = end + 1;
  }

  #skipPast(end: string, start: number): void {
    this.#at = this.#find(end, this.#at + start) + end.length;
  }

  #find(what: string, from: number): number {
    const at = this.#text.indexOf(what, from);
    if (at < 0) throw this.#fault(JSON.stringify(what), "the end of the file");
    return at;
  }

  #match(pattern: RegExp, skip = 0): RegExpExecArray | null {
    pattern.lastIndex = this.#at + skip;
    return pattern.exec(this.#text);
  }

  #fault(expected: string, found: string): FileFormatError {
    return new FileFormatError(this.#file, `XML, character ${this.#at}`, expected, found);
  }
}
