/** The XML namespaces a figure knows. */
export const namespaces = {
  svg: "http://www.w3.org/2000/svg",
  xlink: "http://www.w3.org/1999/xlink",
  xhtml: "http://www.w3.org/1999/xhtml",
  xml: "http://www.w3.org/XML/1998/namespace",
  xmlns: "http://www.w3.org/2000/xmlns/",
} as const;

/** An attribute's name as it is written out: `xlink:href`, `xml:space`, or the local name alone. */
export function qualifiedName(namespace: string | null, local: string): string {
  if (local.includes(":")) return local;
  if (namespace === namespaces.xlink) return `xlink:${local}`;
  if (namespace === namespaces.xml) return `xml:${local}`;
  if (namespace === namespaces.xmlns && local !== "xmlns") return `xmlns:${local}`;
  return local;
}
