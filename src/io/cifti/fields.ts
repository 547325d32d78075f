import { FileFormatError } from "../../core/errors.ts";
import { matrix, type Matrix } from "../../core/matrix.ts";
import { textOf } from "../gifti/elements.ts";
import type { XmlElement } from "../xml/parse-xml.ts";

/** A structure's name without what all begin with. */
export function structureOf({ attributes }: XmlElement): string {
  return (attributes.get("BrainStructure") ?? "").replace(/^CIFTI_STRUCTURE_/, "");
}

/** An attribute that is a whole number. Throws `FileFormatError`. */
export function wholeAttribute(
  { name: of, attributes }: XmlElement,
  name: string,
  file: string,
): number {
  const text = (attributes.get(name) ?? "").trim();
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  throw new FileFormatError(
    file,
    `${of} ${name}`,
    "a whole number",
    JSON.stringify(text.slice(0, 20)),
  );
}

/** The text of an element as whole numbers. Throws `FileFormatError`. */
export function integers(element: XmlElement | undefined, file: string): Int32Array {
  const words = textOf(element).match(/\S+/g) ?? [];
  return Int32Array.from(words, (word) => {
    if (/^\d{1,9}$/.test(word)) return Number(word);
    throw new FileFormatError(
      file,
      element?.name ?? "",
      "whole numbers",
      JSON.stringify(word.slice(0, 20)),
    );
  });
}

/** Vertices of a mesh of `nVertices`, each once. Throws `FileFormatError`. */
export function verticesIn(
  vertices: Int32Array,
  nVertices: number | undefined,
  file: string,
): Int32Array {
  const last = vertices.reduce((most, vertex) => Math.max(most, vertex), -1);
  if (nVertices === undefined || last >= nVertices)
    throw new FileFormatError(
      file,
      "vertices",
      `below ${nVertices ?? "a number that is told"}`,
      `${last}`,
    );
  if (new Set(vertices).size !== vertices.length)
    throw new FileFormatError(file, "vertices", "each once", "one twice");
  return vertices;
}

/** Voxels × 3. Throws `FileFormatError`. */
export function voxelsIn(element: XmlElement | undefined, file: string): Matrix<Int32Array> {
  const numbers = integers(element, file);
  if (numbers.length % 3 !== 0)
    throw new FileFormatError(
      file,
      "VoxelIndicesIJK",
      "three numbers a voxel",
      `${numbers.length} numbers`,
    );
  return matrix(numbers, [numbers.length / 3, 3]);
}
