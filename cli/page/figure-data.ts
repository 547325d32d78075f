import { gzipSync } from "node:zlib";
import { parseCsv } from "../../src/io/csv/parse-csv.ts";

/** MIME type under which a page holds the values behind a figure: gzip of JSON, in base64. No browser runs it. */
export const figureDataMime = "application/vnd.tsrsa.figure+gzip";

/** Columns that a reader sees as numbers of four digits; places in a figure keep all of theirs. */
const shown = new Set(["dissimilarity", "value"]);
const rdmNames = "rdm,name,item1,item2,dissimilarity";
const mostLetters = 600_000;

/**
 * What a page needs to read a figure below the pointer: the places that came with it and its table, small. Undefined for
 * a figure that reads nothing, and for one so large that a page had better not hold it.
 */
export function packFigureData(figure: unknown): string | undefined {
  const { csv, reading } = (typeof figure === "object" && figure !== null ? figure : {}) as {
    readonly csv?: unknown;
    readonly reading?: unknown;
  };
  if (typeof csv !== "string") return undefined;
  const [head = ""] = csv.split(/\r?\n/, 1);
  if (reading === undefined && head !== rdmNames) return undefined;
  const table = packedTable(csv);
  if (table === undefined) return undefined;
  const packed = gzipSync(JSON.stringify({ reading, ...table }), { level: 9 }).toString("base64");
  return packed.length > mostLetters ? undefined : packed;
}

type PackedColumn =
  readonly string[] | { readonly labels: readonly string[]; readonly at: readonly number[] };

function packedTable(
  csv: string,
): { names: readonly string[]; columns: readonly PackedColumn[] } | undefined {
  try {
    const { names } = parseCsv(csv.split(/\r?\n/, 1)[0]);
    const { columns } = parseCsv(csv, { text: names, missing: [] });
    return { names, columns: names.map((name) => packedColumn(name, columns.get(name) ?? [])) };
  } catch {
    // A table of somebody else's that is none.
    return undefined;
  }
}

/** Texts that come again and again stand once, with where they stand. */
function packedColumn(name: string, cells: readonly unknown[]): PackedColumn {
  const texts = cells.map((cell) => (shown.has(name) ? fourDigits(String(cell)) : String(cell)));
  const labels = [...new Set(texts)];
  if (labels.length > texts.length / 2) return texts;
  const places = new Map(labels.map((label, at) => [label, at]));
  return { labels, at: texts.map((text) => places.get(text) ?? 0) };
}

function fourDigits(text: string): string {
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? text : String(Number(number.toPrecision(4)));
}
