import { isTsrsaError } from "../../src/core/errors.ts";
import type { GiftiContent } from "../../src/io/gifti/index.ts";
import { arraysOfVertices, isOfVertices } from "./glm-vertices.ts";
import {
  bidsLabel,
  writeBidsMap,
  writeBidsTable,
  writeBidsVertices,
} from "../../src/io/bids/index.ts";
import { checkDerivative } from "../../src/io/bids/write-derivative.ts";
import { firstLevel, trialBetas, type RunModelOptions } from "../../src/mri/index.ts";
import { openBidsOf, peopleOf, type PersonRuns } from "./bids-runs.ts";
import { nameOption } from "../option-values.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";
import { checkOutcome, modelOf, noiseOf, weightsOf, type GlmArguments } from "./glm.ts";

/** Fit the runs of every person of a data set; write maps of contrasts, or patterns of trials, with sidecars. */
export async function runGlmBids(options: GlmArguments): Promise<void> {
  checkOutcome(options);
  refuseOneName(options.contrast ?? []);
  const data = await openBidsOf(options.bids ?? "", options);
  const written: string[] = [];
  if (options.engine === "export")
    throw new UsageError(
      "--engine export takes the runs of one person; plan those of all (tsrsa plan glm …), then tsrsa submit FOLDER --engine export",
    );
  let missing: Error | undefined;
  for await (const person of peopleOf(data, options)) {
    const started = new Date();
    if (isOfSurface(person) && options.mask !== undefined)
      throw new UsageError("--mask is of voxels, and the runs are of vertices; leave it out");
    await checkOutputs(person, options);
    const {
      mask = person.mask,
      engine,
      ...model
    } = await modelOf({ ...options, sliceTimeRef: undefined });
    const said: RunModelOptions = { ...model, ...(mask !== undefined && { mask }), engine };
    const output = {
      ...{ data, sources: person.sources, overwrite: options.overwrite === true, started },
      options: {
        ...model,
        ...noiseOf(options),
        strategy: options.strategy,
        voxels: mask?.data.length,
      },
    };
    const write = options.trials === undefined ? contrasts : trials;
    try {
      written.push(...(await write(person, said, options, output)));
    } catch (error) {
      // One is planned, or lacks blocks: so may the others.
      if (!isTsrsaError(error, "BLOCKS_MISSING")) throw error;
      missing = error;
    }
  }
  if (missing !== undefined) throw missing;
  if (options.json === true) console.log(JSON.stringify({ written }));
  else for (const path of written) console.log(shown(path));
}

type Output = Omit<Parameters<typeof writeBidsMap>[2], "entities">;

/** Maps of a contrast, by the words of results and of names. */
const kinds = [
  ["effect", "effect"],
  ["variance", "variance"],
  ["stat", "t"],
] as const;

/** Files are named for signs of weights: contrasts that differ in their size alone would be one file. */
function refuseOneName(contrasts: readonly string[]): void {
  const labels = contrasts.map(labelOf);
  labels.forEach((label, at) => {
    const other = labels.indexOf(label);
    if (other === at) return;
    throw new UsageError(
      `--contrast ${contrasts[other]} and ${contrasts[at]} would both be contrast-${label}; write them to two folders`,
    );
  });
}

/** Look, before the work, whether its files can be written after it. */
async function checkOutputs(
  person: PersonRuns,
  { contrast = [], trials, out, overwrite }: GlmArguments,
): Promise<void> {
  const { entities } = person;
  const extension = isOfSurface(person) ? ".func.gii" : ".nii.gz";
  const map = { extension, suffix: "statmap" };
  const names = contrast.flatMap((text) =>
    kinds.map(([, stat]) => ({ ...map, entities: { contrast: labelOf(text), stat } })),
  );
  const ofTrials = [
    { extension, suffix: "betas", entities: { desc: trials } },
    { extension: ".tsv", suffix: "trials", entities: { desc: trials } },
  ];
  for (const { entities: own, ...kind } of trials === undefined ? names : ofTrials)
    await checkDerivative(out, kind, {
      ...{ entities: { ...entities, ...own }, overwrite: overwrite === true },
    });
}

async function contrasts(
  person: PersonRuns,
  model: RunModelOptions,
  options: GlmArguments,
  output: Output,
): Promise<string[]> {
  const { entities } = person;
  const fitted = await firstLevel(person.runs, { ...model, ...noiseOf(options) });
  const paths: string[] = [];
  for (const text of options.contrast ?? []) {
    const maps = fitted.contrast(weightsOf(text));
    for (const [kind, stat] of kinds) {
      const said = {
        ...{ ...output, function: "firstLevel", description: `${stat} of ${text}` },
        entities: { ...entities, contrast: labelOf(text), stat },
      };
      paths.push(
        ...(isOfSurface(person)
          ? [await writeBidsVertices(options.out, onMesh([maps.result[kind]], fitted), said)]
          : await writeBidsMap(options.out, maps.map(kind), said)),
      );
    }
  }
  return paths;
}

function labelOf(text: string): string {
  return bidsLabel(nameOf(text));
}

/** face=1,house=-1 as face vs house. */
function nameOf(text: string): string {
  const weights = Object.entries(weightsOf(text));
  const side = (sign: number) => weights.filter(([, w]) => w * sign > 0).map(([name]) => name);
  const [up, down] = [side(1), side(-1)];
  return down.length === 0 ? up.join(" ") : [...up, "vs", ...down].join(" ");
}

async function trials(
  person: PersonRuns,
  model: RunModelOptions,
  options: GlmArguments,
  output: Output,
): Promise<string[]> {
  const { entities } = person;
  const method = nameOption("--trials", ["lss", "lsa"] as const)(options.trials ?? "lss");
  const betas = await trialBetas(person.runs, { ...model, ...noiseOf(options), method });
  const said = {
    ...{ ...output, function: "trialBetas", options: { ...output.options, method } },
    ...{ entities: { ...entities, desc: method }, suffix: "betas" },
  };
  // The table has its own sidecar: both are of one name but for the extension.
  const table = await writeBidsTable(options.out, betas.table, { ...said, suffix: "trials" });
  const description = `a pattern for every trial; the rows of ${table.split("/").at(-1)} are its ${isOfSurface(person) ? "arrays" : "volumes"}`;
  const last = { ...said, description };
  if (!isOfSurface(person))
    return [...(await writeBidsMap(options.out, betas.image(), last)), table];
  const patterns = Array.from({ length: betas.nVolumes }, (_, at) => betas.pattern(at));
  const { voxels, header: grid } = betas;
  return [await writeBidsVertices(options.out, onMesh(patterns, { voxels, grid }), last), table];
}

/** Whether the runs are of vertices, of which an image of voxels knows nothing. */
function isOfSurface({ found }: PersonRuns): boolean {
  return found.some(({ bold }) => isOfVertices(bold));
}

/** Values of vertices that stand, one beside the other, in a grid of the length of the mesh. */
function onMesh(
  rows: readonly Float64Array[],
  {
    voxels,
    grid,
  }: { readonly voxels: Int32Array; readonly grid: { readonly shape: readonly number[] } },
): GiftiContent {
  return arraysOfVertices(rows, voxels, grid.shape[0]);
}
