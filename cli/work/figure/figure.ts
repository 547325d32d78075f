import { join } from "node:path";
import { writePath } from "#platform/files";
import { DownloadFailed, findDataSet, locateData } from "../../../data-fetch/index.ts";
import { checkFolder, checkOutput } from "../../check-output.ts";
import { nameOption } from "../../option-values.ts";
import { UsageError, WorkFailed } from "../../usage-error.ts";
import { algonautsCeilings } from "./algonauts2019-ceilings.ts";
import { bold5000Resnet50 } from "./bold5000-resnet50.ts";
import { kriegeskorte2008 } from "./kriegeskorte2008-92.ts";
import { miyawakiEncoding } from "./miyawaki2008-encoding.ts";
import { mneRsaNifti } from "./mne-rsa-nifti.ts";
import { mneRsaTutorial } from "./mne-rsa-tutorial-1.ts";
import { net2brain78 } from "./net2brain-78.ts";
import { nsdImagePairs } from "./nsd-image-pairs.ts";
import { asJson, asText, type Kind } from "./print.ts";
import { verdictOf, type PublishedFigure, type Reproduced } from "./published.ts";

/** The five originals of the course, in the order of its notebooks, and others. */
const all: readonly PublishedFigure[] = [
  mneRsaTutorial,
  mneRsaNifti,
  bold5000Resnet50,
  miyawakiEncoding,
  nsdImagePairs,
  kriegeskorte2008,
  algonautsCeilings,
  net2brain78,
];

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
  const { folder, kind } = await dataOf(figure, data);
  const reproduced = await figure.reproduce(folder);
  const files = out === undefined ? [] : await writeFigures(reproduced, out);
  if (json === true) console.log(JSON.stringify(asJson(figure, reproduced, kind, files)));
  else console.log(asText(figure, reproduced, kind));
  if (json !== true && files.length > 0) console.log(`\nwritten: ${files.join(", ")}`);
  failWhenDifferent(reproduced, kind);
}

function failWhenDifferent({ comparisons }: Reproduced, kind: Kind): void {
  const verdicts = comparisons.map((comparison) => verdictOf(comparison, kind));
  const differ = verdicts.filter((verdict) => verdict === "differs").length;
  const compared = differ + verdicts.filter((verdict) => verdict === "agrees").length;
  if (differ > 0)
    throw new WorkFailed(`${differ} of ${compared} numbers differ from the published ones`);
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

/** Where the data lie, and whether they are real. What is missing is said by whoever looks for it. */
async function dataOf(
  { name, dataSet, needs, anyLayout }: PublishedFigure,
  data: string | undefined,
): Promise<{ folder: string; kind: Kind }> {
  const byName = data === undefined || data === "real" || data === "demo";
  if (!byName && anyLayout === true) return { folder: data, kind: "real" };
  if (dataSet === undefined)
    throw new UsageError(
      `figure ${name} needs --data with a folder of ${needs}; it cannot be fetched`,
    );
  return located(name, dataSet, data ?? "real");
}

async function located(name: string, dataSet: string, where: string) {
  try {
    return await locateData(dataSet, where);
  } catch (error) {
    const set = findDataSet(dataSet);
    if (!(error instanceof DownloadFailed)) throw error;
    const demo =
      set.makeDemo === undefined
        ? ""
        : `; to try it on demo data: tsrsa figure ${name} --data demo`;
    throw new WorkFailed(
      `figure ${name} needs the data of ${dataSet}: ${error.message}. By hand: ${set.instructions}${demo}`,
    );
  }
}

async function writeFigures({ figures }: Reproduced, folder: string): Promise<string[]> {
  const files: string[] = [];
  const write = async (file: string, content: string | Uint8Array): Promise<void> => {
    await checkOutput(join(folder, file), []);
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
