import { formatCsv } from "../../src/io/csv/format-csv.ts";
import { writeText } from "../../src/core/write-text.ts";
import { writeGifti } from "../../src/io/gifti/index.ts";
import { readNifti, writeNifti } from "../../src/io/nifti/index.ts";
import {
  firstLevel,
  readConfounds,
  readVertexSeries,
  trialBetas,
  type ConfoundStrategy,
  type GlmRun,
  type RunModelOptions,
} from "../../src/mri/index.ts";
import { hrfModels } from "../../src/mri/glm/response-kernels.ts";
import { readTsv } from "../../src/table/read-tsv.ts";
import type { BidsModelArguments } from "../bids-options.ts";
import { strategyOf } from "./bids-runs.ts";
import { checkOutput } from "../check-output.ts";
import { engineOf, type EngineArguments } from "../engine-option.ts";
import { nameOption, numberOption } from "../option-values.ts";
import { UsageError } from "../usage-error.ts";
import { checkKinds, isOfVertices, arraysOfVertices, type GlmOutput } from "./glm-vertices.ts";

/** The options of `tsrsa glm`. */
export interface GlmArguments extends BidsModelArguments, EngineArguments {
  readonly events?: readonly string[];
  readonly out: string;
  readonly confounds?: readonly string[];
  readonly contrast?: readonly string[];
  readonly trials?: string;
  readonly mask?: string;
  readonly tr?: number;
  readonly hrf: string;
  readonly noise?: string;
  readonly json?: true;
}

/** Contrasts or patterns of trials: one of the two. Throws `UsageError`. */
export function checkOutcome({ contrast, trials }: GlmArguments): void {
  if ((contrast === undefined) === (trials === undefined))
    throw new UsageError("give --contrast or --trials, one of the two");
}

/** Fit runs; write maps of contrasts, or patterns of trials and their table. */
export async function runGlm(images: readonly string[], options: GlmArguments): Promise<void> {
  checkOutcome(options);
  const { stem, kind } = checkKinds(images, options);
  const runs = await runsOf(images, options);
  const model = await modelOf(options);
  const written =
    options.trials === undefined
      ? await writeContrasts(runs, model, options, { stem, images, kind })
      : await writeTrials(runs, model, options, { stem, images, kind });
  if (options.json === true) console.log(JSON.stringify({ written }));
  else for (const line of written) console.log(line);
}

/** What is written, and what it is of. */
interface Written extends GlmOutput {
  readonly images: readonly string[];
}

async function runsOf(images: readonly string[], options: GlmArguments): Promise<GlmRun[]> {
  const { events, confounds } = options;
  if (events === undefined) throw new UsageError("give --events, a table for each run");
  for (const [name, list] of [
    ["--events", events],
    ["--confounds", confounds],
  ] as const)
    if (list !== undefined && list.length !== images.length)
      throw new UsageError(
        `${name} takes a file for each of the ${images.length} runs, not ${list.length}`,
      );
  const strategy = strategyOf(options.strategy);
  const { structure } = options;
  return Promise.all(
    images.map(async (image, at) => ({
      image: isOfVertices(image)
        ? await readVertexSeries(image, structure === undefined ? {} : { structure })
        : image,
      events: await readTsv(events[at]),
      ...(confounds !== undefined && { confounds: await confoundsOf(confounds[at], strategy) }),
    })),
  );
}

function confoundsOf(file: string, strategy: readonly ConfoundStrategy[] | undefined) {
  return readConfounds(file, { missing: "first-row-zero", ...(strategy && { strategy }) });
}

/** How runs are modelled. */
export async function modelOf(options: GlmArguments): Promise<RunModelOptions> {
  const engine = engineOf(options, options.out);
  return {
    ...(engine !== undefined && { engine }),
    hrf: nameOption("--hrf", hrfModels)(options.hrf),
    ...(options.item !== undefined && { item: options.item }),
    ...(options.tr !== undefined && { tr: options.tr }),
    ...(options.sliceTimeRef !== undefined && { sliceTimeRef: options.sliceTimeRef }),
    ...(options.highPass !== undefined && { highPassHz: options.highPass }),
    ...(options.mask !== undefined && { mask: await readNifti(options.mask) }),
  };
}

/** The noise that is said. */
export function noiseOf({ noise }: GlmArguments): { noise?: "ols" | "ar1" } {
  return noise === undefined
    ? {}
    : { noise: nameOption("--noise", ["ols", "ar1"] as const)(noise) };
}

/** face=1,house=-1 as weights by name. */
export function weightsOf(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(",").map((part) => {
      const at = part.lastIndexOf("=");
      if (at <= 0)
        throw new UsageError(`--contrast takes NAME=WEIGHT,…, not ${JSON.stringify(text)}`);
      return [part.slice(0, at), numberOption("--contrast")(part.slice(at + 1))];
    }),
  );
}

async function writeContrasts(
  runs: readonly GlmRun[],
  model: RunModelOptions,
  options: GlmArguments,
  { stem, images, kind }: Written,
): Promise<string[]> {
  const weights = (options.contrast ?? []).map(weightsOf);
  const extension = options.out.slice(stem.length);
  const outputs =
    weights.length === 1 ? [options.out] : weights.map((_, at) => `${stem}_${at + 1}${extension}`);
  for (const path of outputs) await checkOutput(path, [images, options]);
  const fitted = await firstLevel(runs, { ...model, ...noiseOf(options) });
  for (const [at, path] of outputs.entries()) {
    const found = fitted.contrast(weights[at]);
    if (kind === "voxels") await writeNifti(path, found.map("stat"));
    else
      await writeGifti(
        path,
        arraysOfVertices([found.result.stat], fitted.voxels, fitted.grid.shape[0]),
      );
  }
  return outputs.map((path, at) => `${path}: t of ${options.contrast?.[at]}`);
}

async function writeTrials(
  runs: readonly GlmRun[],
  model: RunModelOptions,
  options: GlmArguments,
  { stem, images, kind }: Written,
): Promise<string[]> {
  const method = nameOption("--trials", ["lss", "lsa"] as const)(options.trials ?? "lss");
  const tablePath = `${stem}.tsv`;
  for (const path of [options.out, tablePath]) await checkOutput(path, [images, options]);
  const betas = await trialBetas(runs, { ...model, ...noiseOf(options), method });
  const { table } = betas;
  const columns = new Map(table.names.map((name) => [name, table.column(name) as string[]]));
  await writeText(tablePath, formatCsv(table.names, columns, { delimiter: "\t" }));
  if (kind === "voxels") await writeNifti(options.out, betas.image());
  else {
    const patterns = Array.from({ length: betas.nVolumes }, (_, at) => betas.pattern(at));
    await writeGifti(options.out, arraysOfVertices(patterns, betas.voxels, betas.header.shape[0]));
  }
  return [
    `${options.out}: ${betas.nVolumes} trials`,
    `${tablePath}: their items and runs`,
    ...betas.notes.map((note) => `note: ${note}`),
  ];
}
