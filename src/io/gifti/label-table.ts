import { FileFormatError } from "../../core/errors.ts";
import type { XmlElement } from "../xml/parse-xml.ts";
import { textOf } from "./elements.ts";
import type { GiftiLabel } from "./types.ts";

const colourNames = ["Red", "Green", "Blue", "Alpha"] as const;

/** The entries of a `LabelTable`, of GIFTI and of CIFTI; older files call the key `Index`. Throws `FileFormatError`. */
export function readLabelTable(element: XmlElement | undefined, file: string): GiftiLabel[] {
  const entries = element?.children.filter(({ name }) => name === "Label") ?? [];
  const labels = entries.map((entry) => ({
    key: keyOf(entry, file),
    name: textOf(entry),
    rgba: colourOf(entry),
  }));
  const seen = new Set<number>();
  for (const { key } of labels) {
    if (seen.has(key))
      throw new FileFormatError(file, "LabelTable", "each key once", `${key} twice`);
    seen.add(key);
  }
  return labels;
}

function keyOf({ attributes }: XmlElement, file: string): number {
  const text = attributes.get("Key") ?? attributes.get("Index") ?? "";
  if (/^\s*-?\d{1,10}\s*$/.test(text)) return Number(text);
  throw new FileFormatError(
    file,
    "Label",
    "a whole number as Key",
    JSON.stringify(text.slice(0, 20)),
  );
}

function colourOf({ attributes }: XmlElement): GiftiLabel["rgba"] {
  const parts = colourNames.map((name) => Number(attributes.get(name) ?? NaN));
  if (parts.some((part) => !Number.isFinite(part))) return undefined;
  const [red, green, blue, alpha] = parts;
  return [red, green, blue, alpha];
}
