import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, InvalidArgument } from "../../core/errors.ts";
import { isRecord } from "../../core/gate/kinds.ts";
import { Budget } from "../../io/budget/budget.ts";
import { parseXml } from "../../io/xml/parse-xml.ts";
import { readText } from "../../io/csv/read-text.ts";
import { parseTsv } from "../../io/tsv/index.ts";
import { parseCsv } from "../../io/csv/index.ts";

/**
 * Names of regions by number: an object `{ 1011: "V1" }`, or a file: `index` and `name` between tabs (BIDS) or commas, or
 * FreeSurfer's colour table (`number name r g b a`), or FSL's XML, whose labels count from 0 where voxels count from 1.
 */
export type RegionNames = Readonly<Record<string, string>> | FileInput;

/** Names by number. Throws `FileFormatError`, `InvalidArgument`. */
export async function regionNames(names: RegionNames | undefined): Promise<Map<number, string>> {
  if (names === undefined) return new Map();
  if (isRecord(names)) return fromEntries(Object.entries(names));
  const { text, name } = await readText(names);
  if (/^\uFEFF?\s*</.test(text)) return fromXml(text, name);
  const [first = ""] = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
  if (/^\s*\d+\s+\S+(\s+\d+){3,4}\s*$/.test(first)) return fromColourTable(text);
  const { columns } = first.includes("\t")
    ? parseTsv(text, { name, text: ["name"] })
    : parseCsv(text, { name });
  const [numbers, labels] = [columns.get("index") ?? columns.get("label"), columns.get("name")];
  if (numbers === undefined || labels === undefined)
    throw new FileFormatError(name, "columns", "index and name", [...columns.keys()].join(", "), {
      advice: 'give names as an object { 1011: "V1" }',
    });
  return fromEntries(numbers.map((number, at) => [String(number), String(labels[at])]));
}

function fromColourTable(text: string): Map<number, string> {
  const found = text.matchAll(/^\s*(\d+)\s+(\S+)(?:\s+\d+){3,4}\s*$/gm);
  return fromEntries([...found].map(([, number, name]) => [number, name]));
}

function fromEntries(entries: readonly (readonly [string, string])[]): Map<number, string> {
  return new Map(
    entries.map(([key, name]) => {
      const label = Number(key);
      if (Number.isSafeInteger(label) && typeof name === "string") return [label, name];
      throw new InvalidArgument("names", key, "give the names by the numbers of the regions");
    }),
  );
}

function fromXml(text: string, file: string): Map<number, string> {
  const budget = new Budget(file, text.length, { ratio: 200 });
  const root = parseXml(text, { file, budget });
  const labels = root.children.find(({ name }) => name === "data")?.children ?? [];
  const named = labels.filter(({ name }) => name === "label");
  if (named.length === 0)
    throw new FileFormatError(file, "data", "<label index=…>", "none", {
      advice: 'it is no atlas of FSL; give names as an object { 1011: "V1" }',
    });
  return fromEntries(
    named.map(({ attributes, text: said }) => [
      String(Number(attributes.get("index") ?? NaN) + 1),
      said.trim(),
    ]),
  );
}
