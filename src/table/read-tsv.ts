import { isRecord, kind } from "../core/gate/kinds.ts";
import type { FileInput } from "../core/byte-source.ts";
import { readText } from "../io/csv/read-text.ts";
import { parseTsv, type TsvOptions } from "../io/tsv/index.ts";
import { Table } from "./table.ts";

const areOptions = kind("one object, as { name: value }", isRecord);

/**
 * Read a table between tabs, as BIDS has them: events, confounds, participants; see {@link parseTsv}. Throws
 * `MissingFile`, `FileFormatError`.
 *
 * @example
 * import { readTsv } from "tsrsa";
 * const bytes = new TextEncoder().encode("onset\ttrial_type\n4.5\tface\n");
 * (await readTsv(bytes)).column("onset"); // [ 4.5 ]
 */
export async function readTsv(input: FileInput, options: TsvOptions = {}): Promise<Table> {
  areOptions(options, "options");
  const { text, name } = await readText(input);
  return new Table(parseTsv(text, { name, ...options }).columns);
}
