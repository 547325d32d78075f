import { bidsLabel, writeBidsMap, writeBidsTable } from "../../src/io/bids/index.ts";
import { checkDerivative } from "../../src/io/bids/write-derivative.ts";
import { firstLevel, trialBetas, type RunModelOptions } from "../../src/mri/index.ts";
import { openBidsOf, peopleOf, refuseVertices, type PersonRuns } from "./bids-runs.ts";
import { nameOption } from "../option-values.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";
import { checkOutcome, modelOf, noiseOf, weightsOf, type GlmArguments } from "./glm.ts";

/** Fit the runs of every person of a data set; write maps of contrasts, or patterns of trials, with sidecars. */
export async function runGlmBids(options: GlmArguments): Promise<void> {
  checkOutcome(options);
  if (options.structure !== undefined)
    throw new UsageError("--structure is of CIFTI runs named on the command line, not of --bids");
  refuseOneName(options.contrast ?? []);
  const data = await openBidsOf(options.bids ?? "", options);
  const written: string[] = [];
  for await (const person of peopleOf(data, options)) {
    refuseVertices(person, "what glm writes", "model it with firstLevel or trialBetas");
    await checkOutputs(person, options);
    const { mask = person.mask, ...model } = await modelOf({ ...options, sliceTimeRef: undefined });
    const said: RunModelOptions = { ...model, ...(mask !== undefined && { mask }) };
    const output = {
      ...{ data, sources: person.sources, overwrite: options.overwrite === true },
      options: {
        ...model,
        ...noiseOf(options),
        strategy: options.strategy,
        voxels: mask?.data.length,
      },
    };
    written.push(
      ...(options.trials === undefined
        ? await contrasts(person, said, options, output)
        : await trials(person, said, options, output)),
    );
  }
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
  { entities }: PersonRuns,
  { contrast = [], trials, out, overwrite }: GlmArguments,
): Promise<void> {
  const map = { extension: ".nii.gz", suffix: "statmap" };
  const names = contrast.flatMap((text) =>
    kinds.map(([, stat]) => ({ ...map, entities: { contrast: labelOf(text), stat } })),
  );
  const ofTrials = [
    { extension: ".nii.gz", suffix: "betas", entities: { desc: trials } },
    { extension: ".tsv", suffix: "trials", entities: { desc: trials } },
  ];
  for (const { entities: own, ...kind } of trials === undefined ? names : ofTrials)
    await checkDerivative(out, kind, {
      ...{ entities: { ...entities, ...own }, overwrite: overwrite === true },
    });
}

async function contrasts(
  { runs, entities }: PersonRuns,
  model: RunModelOptions,
  options: GlmArguments,
  output: Output,
): Promise<string[]> {
  const fitted = await firstLevel(runs, { ...model, ...noiseOf(options) });
  const paths: string[] = [];
  for (const text of options.contrast ?? []) {
    const maps = fitted.contrast(weightsOf(text));
    for (const [kind, stat] of kinds)
      paths.push(
        ...(await writeBidsMap(options.out, maps.map(kind), {
          ...{ ...output, function: "firstLevel", description: `${stat} of ${text}` },
          entities: { ...entities, contrast: labelOf(text), stat },
        })),
      );
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
  { runs, entities }: PersonRuns,
  model: RunModelOptions,
  options: GlmArguments,
  output: Output,
): Promise<string[]> {
  const method = nameOption("--trials", ["lss", "lsa"] as const)(options.trials ?? "lss");
  const betas = await trialBetas(runs, { ...model, ...noiseOf(options), method });
  const said = {
    ...{ ...output, function: "trialBetas", options: { ...output.options, method } },
    ...{ entities: { ...entities, desc: method }, suffix: "betas" },
  };
  // The table has its own sidecar: both are of one name but for the extension.
  const table = await writeBidsTable(options.out, betas.table, { ...said, suffix: "trials" });
  const description = `a pattern for every trial; the rows of ${table.split("/").at(-1)} are its volumes`;
  return [...(await writeBidsMap(options.out, betas.image(), { ...said, description })), table];
}
