import { bidsLabel, writeBidsMap, writeBidsTable } from "../../src/io/bids/index.ts";
import { firstLevel, trialBetas, type RunModelOptions } from "../../src/mri/index.ts";
import { openBidsOf, peopleOf, type PersonRuns } from "../bids-options.ts";
import { nameOption } from "../option-values.ts";
import { shown } from "../shown.ts";
import { checkOutcome, modelOf, noiseOf, weightsOf, type GlmArguments } from "./glm.ts";

/** Fit the runs of every person of a data set; write maps of contrasts, or patterns of trials, with sidecars. */
export async function runGlmBids(options: GlmArguments): Promise<void> {
  checkOutcome(options);
  const data = await openBidsOf(options.bids ?? "", options);
  const written: string[] = [];
  for await (const person of peopleOf(data, options)) {
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
    for (const [kind, stat] of [
      ["effect", "effect"],
      ["variance", "variance"],
      ["stat", "t"],
    ] as const)
      paths.push(
        ...(await writeBidsMap(options.out, maps.map(kind), {
          ...{ ...output, function: "firstLevel", description: `${stat} of ${text}` },
          entities: { ...entities, contrast: bidsLabel(nameOf(text)), stat },
        })),
      );
  }
  return paths;
}

/** face=1,house=-1 as faceVsHouse. */
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
