import type { XmlElement } from "../xml/parse-xml.ts";

/** The first child of a name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The text of an element without the space around it; empty when there is no element. */
export function textOf(element: XmlElement | undefined): string {
  return element?.text.trim() ?? "";
}

/** The names and values of a `MetaData` element. */
export function metaOf(element: XmlElement | undefined): Map<string, string> {
  const entries = element?.children.filter(({ name }) => name === "MD") ?? [];
  return new Map(
    entries.map((entry) => [textOf(childOf(entry, "Name")), textOf(childOf(entry, "Value"))]),
  );
}
