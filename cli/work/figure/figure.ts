import { join } from "node:path";
import { writePath } from "#platform/files";
import { locateData } from "../../../data-fetch/index.ts";
import { checkFolder } from "../../check-output.ts";
import { nameOption } from "../../option-values.ts";
import { UsageError, WorkFailed } from "../../usage-error.ts";
import { algonautsCeilings } from "./algonauts2019-ceilings.ts";
import { kriegeskorte2008 } from "./kriegeskorte2008-92.ts";
import { net2brain78 } from "./net2brain-78.ts";
import { agrees, type Comparison, type PublishedFigure, type Reproduced } from "./published.ts";

const all: readonly PublishedFigure[] = [kriegeskorte2008, algonautsCeilings, net2brain78];

/** What the command line says. */
export interface FigureArguments {
  readonly data?: string;
  readonly out?: string;
  readonly json?: true;
}

/** Make a figure again and hold it beside the published numbers; list all figures without a name. */
export async function runFigure(
  name: string | undefined,
  { data, out, json }: FigureArguments,
): Promise<void> {
  if (name === undefined) return listFigures(json === true);
  const wanted = nameOption(
    "figure",
    all.map((figure) => figure.name),
  )(name);
  const figure = all.find((one) => one.name === wanted) ?? all[0];
  if (out !== undefined) await checkFolder(out);
  const reproduced = await figure.reproduce(await folderOf(figure, data));
  const files = out === undefined ? [] : await writeFigures(reproduced, out);
  const failed = reproduced.comparisons.filter((comparison) => !agrees(comparison));
  if (json === true) console.log(JSON.stringify(forMachines(figure, reproduced, files)));
  else print(figure, reproduced, files);
  if (failed.length > 0)
    throw new WorkFailed(
      `${failed.length} of ${reproduced.comparisons.length} numbers differ from the published ones`,
    );
}

function listFigures(json: boolean): void {
  if (json)
    console.log(
      JSON.stringify(
        all.map(({ name, title, citation, needs }) => ({ name, title, citation, needs })),
      ),
    );
  else
    for (const { name, title, citation, needs } of all)
      console.log(`${name}\n  ${title}\n  ${citation}\n  data: ${needs}\n`);
}

async function folderOf({ name, dataSet, needs }: PublishedFigure, data: string | undefined) {
  if (data !== undefined) return data;
  if (dataSet !== undefined) return (await locateData(dataSet, "real")).folder;
  throw new UsageError(
    `figure ${name} needs --data with a folder of ${needs}; it cannot be fetched`,
  );
}

async function writeFigures({ figures }: Reproduced, folder: string): Promise<string[]> {
  const files: string[] = [];
  const write = async (file: string, content: string | Uint8Array): Promise<void> => {
    await writePath(join(folder, file), [Buffer.from(content)]);
    files.push(join(folder, file));
  };
  for (const [name, figure] of figures) {
    await write(`${name}.svg`, figure.svg);
    await write(`${name}.png`, await figure.png());
    await write(`${name}.csv`, figure.toCsv());
  }
  return files;
}

function print(
  { title, citation }: PublishedFigure,
  { comparisons }: Reproduced,
  files: readonly string[],
): void {
  const rows = [
    ["", "published", "reference", "computed", ""],
    ...comparisons.map((comparison) => [
      comparison.what,
      comparison.from === undefined ? comparison.expected : "",
      comparison.from === undefined ? "" : comparison.expected,
      digits(comparison),
      `${agrees(comparison) ? "agrees" : "DIFFERS"}${comparison.from === undefined ? "" : ` (${comparison.from})`}`,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at].length)));
  console.log(`${title}\n${citation}\n`);
  for (const [what, ...numbers] of rows) {
    const verdict = numbers.pop() ?? "";
    const cells = numbers.map((number, at) => number.padStart(widths[at + 1]));
    console.log([what.padEnd(widths[0]), ...cells, verdict].join("  ").trimEnd());
  }
  if (files.length > 0) console.log(`\nwritten: ${files.join(", ")}`);
}

/** Two digits more than are printed there, so that one sees how near it is. */
function digits({ expected, computed }: Comparison): string {
  const decimals = expected.split(".")[1]?.length ?? 0;
  return decimals > 12 ? String(computed) : computed.toFixed(decimals + 2);
}

function forMachines(
  { name, title, citation }: PublishedFigure,
  { comparisons }: Reproduced,
  files: readonly string[],
) {
  return {
    ...{ name, title, citation },
    agrees: comparisons.every(agrees),
    comparisons: comparisons.map((comparison) => ({
      what: comparison.what,
      published: comparison.from === undefined ? Number(comparison.expected) : null,
      reference: comparison.from === undefined ? null : Number(comparison.expected),
      computed: comparison.computed,
      from: comparison.from ?? "published",
      agrees: agrees(comparison),
    })),
    files,
  };
}
