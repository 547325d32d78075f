/**
 * Shapes of a document's elements, as types alone: figures are made of them in a process without a document.
 * With the whole DOM library, every global of a browser would be offered and taken for existing.
 */
export const elementTypes = `
declare module "*.txt" { const text: string; export default text }
declare module "*.md" { const text: string; export default text }
declare module "*.csv" { const text: string; export default text }
declare module "*.tsv" { const text: string; export default text }
declare module "*.sql" { const text: string; export default text }
declare module "*.html" { const text: string; export default text }
interface Node { readonly nodeName: string; textContent: string | null; appendChild<T extends Node>(child: T): T }
interface Element extends Node { readonly tagName: string; innerHTML: string; readonly outerHTML: string; id: string;
  getAttribute(name: string): string | null; setAttribute(name: string, value: string): void;
  querySelector(selectors: string): Element | null; querySelectorAll(selectors: string): Iterable<Element> & { readonly length: number } }
interface HTMLElement extends Element {}
interface HTMLInputElement extends HTMLElement { value: string }
interface HTMLCanvasElement extends HTMLElement {}
interface HTMLImageElement extends HTMLElement {}
interface SVGElement extends Element {}
interface SVGSVGElement extends SVGElement {}
interface SVGGElement extends SVGElement {}
interface Document extends Node { createElement(name: string): HTMLElement; readonly body: HTMLElement }
interface Window {}
interface ImageData { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }
`;
