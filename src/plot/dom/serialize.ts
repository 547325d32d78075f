import { namespaces } from "./namespaces.ts";

/** As much of a node as is written. */
interface WrittenNode {
  readonly nodeType: number;
  readonly textContent: string;
}

/** As much of an element as is written. */
interface WrittenElement extends WrittenNode {
  readonly tagName: string;
  readonly namespaceURI: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes: readonly WrittenNode[];
}

/** An element as XML. Control characters that XML cannot hold are written as U+FFFD. */
export function serialize(element: WrittenElement): string {
  const parts: string[] = [];
  writeElement(element, "", parts);
  return parts.join("");
}

function writeElement(element: WrittenElement, parentNamespace: string, parts: string[]): void {
  parts.push("<", element.tagName);
  const attributes = element.attributes;
  // Only SVG needs its namespace said: it is what makes a standalone file a picture.
  const declare =
    element.namespaceURI === namespaces.svg && parentNamespace !== namespaces.svg
      ? namespaceDeclarations(element)
      : [];
  for (const { name, value } of [...declare, ...attributes])
    parts.push(" ", name, '="', escapeAttribute(value), '"');
  if (element.childNodes.length === 0) {
    parts.push("/>");
    return;
  }
  parts.push(">");
  for (const child of element.childNodes) writeNode(child, element.namespaceURI, parts);
  parts.push("</", element.tagName, ">");
}

function writeNode(node: WrittenNode, namespace: string, parts: string[]): void {
  if (isElement(node)) writeElement(node, namespace, parts);
  else parts.push(escapeText(node.textContent));
}

function isElement(node: WrittenNode): node is WrittenElement {
  return node.nodeType === 1;
}

function namespaceDeclarations(element: WrittenElement): { name: string; value: string }[] {
  const wanted = [{ name: "xmlns", value: namespaces.svg as string }];
  if (usesXlink(element)) wanted.push({ name: "xmlns:xlink", value: namespaces.xlink });
  return wanted.filter(
    ({ name }) => !element.attributes.some((attribute) => attribute.name === name),
  );
}

function usesXlink(element: WrittenElement): boolean {
  if (element.attributes.some(({ name }) => name.startsWith("xlink:"))) return true;
  return element.childNodes.some((child) => isElement(child) && usesXlink(child));
}

/** Text made safe between tags. */
export function escapeText(text: string): string {
  return xmlSafe(text).replace(/[&<>]/g, (c) =>
    c === "&" ? "&amp;" : c === "<" ? "&lt;" : "&gt;",
  );
}

function escapeAttribute(text: string): string {
  return escapeText(text).replace(/["\n\t\r]/g, (c) =>
    c === '"' ? "&quot;" : `&#${c.charCodeAt(0)};`,
  );
}

function xmlSafe(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
