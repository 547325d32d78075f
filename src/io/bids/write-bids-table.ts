import { record, text, thing } from "../../core/gate/kinds.ts";
import { writeText } from "../../core/write-text.ts";
import { formatTsv, type NamedColumns } from "../tsv/format-tsv.ts";
import { writeDerivative, type BidsOutputOptions } from "./write-derivative.ts";

/** What is known of a table that is written. */
export interface BidsTableOptions extends BidsOutputOptions {
  /** What columns hold, by name. */
  readonly columns?: Readonly<Record<string, string>>;
}

const isTable = thing("a table, as asTable makes one", "names", "column");

/**
 * Write a table into a folder of derivatives as BIDS names it (`…_stats.tsv`, or another `suffix`), missing values as
 * `n/a`, with a sidecar that describes its columns and says what it was made of, as {@link writeBidsMap}. Returns the
 * path.
 *
 * @throws InvalidArgument as {@link writeBidsMap}, and for text with a tab or end of line in it.
 * @example
 * import { asTable, writeBidsTable } from "tsrsa";
 * async function save(folder: string) {
 *   const table = asTable([{ region: "V1", score: 0.4 }]);
 *   const entities = { sub: "01", task: "objects", atlas: "benson", desc: "rsa" };
 *   return writeBidsTable(folder, table, { entities, columns: { score: "Spearman correlation of RDMs" } });
 * }
 */
export async function writeBidsTable(
  folder: string,
  table: NamedColumns,
  options: BidsTableOptions,
): Promise<string> {
  isTable(table, "table");
  const { columns = {}, ...output } = options;
  record(text)(columns, "columns");
  const content = formatTsv(table);
  const described = Object.entries(columns).map(([name, Description]) => [name, { Description }]);
  return writeDerivative(
    folder,
    {
      extension: ".tsv",
      suffix: "stats",
      metadata: Object.fromEntries(described) as Record<string, unknown>,
      write: (path) => writeText(path, content),
    },
    output,
  );
}
