import { rsa } from "../../src/rsa/rsa.ts";
import { comparisonNames } from "../../src/rsa/comparisons/registry.ts";
import { nameOption } from "../option-values.ts";
import { readRdm } from "../read-rdm.ts";
import { shown } from "../shown.ts";
import { refuseClosedOutput } from "../standard-output.ts";

/** Compare a data RDM with models, and print a score for each. */
export async function runRsa(
  data: string,
  models: readonly string[],
  options: { metric: string; ignoreNan?: true; json?: true },
): Promise<void> {
  const metric = nameOption("--metric", comparisonNames)(options.metric);
  refuseClosedOutput();
  const modelRdms = await Promise.all(models.map((path) => readRdm(path)));
  const result = rsa(await readRdm(data), modelRdms, { metric, ignoreNan: options.ignoreNan });
  const scores = result.modelNames.map((model, at) => ({ model, score: result.score(0, at) }));
  if (options.json === true) {
    console.log(JSON.stringify({ data: result.dataNames[0], metric, scores }));
    return;
  }
  const width = Math.max(...scores.map(({ model }) => model.length));
  for (const { model, score } of scores) console.log(`${shown(model).padEnd(width)}  ${score}`);
  const without = scores
    .filter(({ score }) => Number.isNaN(score))
    .map(({ model }) => shown(model));
  if (without.length > 0)
    console.error(
      `no score for ${without.join(", ")}: the model or the data has the same dissimilarity for every pair, or values that are missing`,
    );
}
