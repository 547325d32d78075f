import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ItemMismatch } from "../../core/errors.ts";
import type { JobOptions } from "../../core/job.ts";
import { noiseCeiling } from "../../rsa/noise-ceiling.ts";
import { fdr } from "../../stats/fdr.ts";
import { studentTUpperTail } from "../../stats/student-t.ts";
import { Table } from "../../table/table.ts";
import type { AtlasScores } from "./atlas-scores.ts";
import type { AtlasRegionScores } from "./region-scores.ts";

/** How regions of a group are tested. */
export interface GroupAtlasOptions extends JobOptions {
  /** Scores above 0 (`greater`, default), or on either side of it. */
  readonly tail?: "greater" | "two-sided";
}

const groupAtlasNames: OptionNames<GroupAtlasOptions> = {
  ...jobNames,
  tail: oneOf(["greater", "two-sided"]),
};

/** Scores of regions over people. */
export interface GroupAtlas {
  /**
   * A row a region and model: `region`, `model`, `people` who have a score, `mean`, `t`, `p` and `q` (false discovery
   * rate over regions and models), and the noise ceiling of the region, `lower` and `upper`.
   */
  readonly table: Table;
  /** Regions × models for `plotHeatmap`: means, with q values for its stars. */
  readonly heatmap: {
    readonly rows: readonly string[];
    readonly columns: readonly string[];
    readonly values: readonly (readonly number[])[];
    readonly pValues: readonly (readonly number[])[];
  };
  /** The words for a legend. */
  readonly method: string;
}

/**
 * Regions of several people together: mean scores, a t test of each region and model against 0 over people, corrected
 * for their number, and the noise ceiling of each region from the RDMs of the people. Regions are joined by name; one
 * that is too small in a person has fewer people.
 *
 * @throws ItemMismatch for people of other models; InvalidArgument for fewer than two people.
 * @example
 * import { groupAtlas, type AtlasScores } from "tsrsa";
 * async function whichRegions(people: readonly AtlasScores[]) {
 *   const { table, heatmap } = await groupAtlas(people);
 *   return { table, heatmap };
 * }
 */
export async function groupAtlas(
  people: readonly AtlasScores[],
  options: GroupAtlasOptions = {},
): Promise<GroupAtlas> {
  checkOptions(options, groupAtlasNames);
  if (people.length < 2)
    throw new InvalidArgument(
      "people",
      `${people.length}`,
      "give the scores of two people or more",
    );
  const [{ modelNames }] = people;
  checkModels(people, modelNames);
  const regions = [...new Set(people.flatMap((one) => one.regions.map(({ name }) => name)))];
  const { tail = "greater" } = options;
  const tests = regions.flatMap((region) =>
    modelNames.map((model, m) => testOf(scoresOf(people, region, m), region, model, tail)),
  );
  const { pValues: q, method } = fdr(tests.map(({ p }) => p));
  const ceilings = new Map<string, Ceiling>();
  for (const region of regions) ceilings.set(region, await ceilingOf(people, region, options));
  const ceiling = (region: string): Ceiling => ceilings.get(region) ?? none;
  const table = new Table({
    region: tests.map(({ region }) => region),
    model: tests.map(({ model }) => model),
    people: tests.map(({ n }) => n),
    mean: tests.map(({ mean }) => mean),
    t: tests.map(({ t }) => t),
    p: tests.map(({ p }) => p),
    q: Array.from(q),
    lower: tests.map(({ region }) => ceiling(region).lower),
    upper: tests.map(({ region }) => ceiling(region).upper),
  });
  const grid = (of: (at: number) => number): number[][] =>
    regions.map((_, r) => modelNames.map((_m, m) => of(r * modelNames.length + m)));
  return {
    table,
    heatmap: {
      rows: regions,
      columns: modelNames,
      values: grid((at) => tests[at].mean),
      pValues: grid((at) => q[at]),
    },
    method: `t test of ${people.length} people against 0 (${tail}), ${method}`,
  };
}

interface Ceiling {
  readonly lower: number;
  readonly upper: number;
}

const none: Ceiling = { lower: NaN, upper: NaN };

function checkModels(people: readonly AtlasScores[], names: readonly string[]): void {
  for (const { modelNames } of people) {
    const missing = names.filter((name) => !modelNames.includes(name));
    const extra = modelNames.filter((name) => !names.includes(name));
    if (missing.length + extra.length > 0)
      throw new ItemMismatch(missing, extra, "compare all people with the same models");
  }
}

function regionOf(one: AtlasScores, region: string): AtlasRegionScores | undefined {
  return one.regions.find(({ name }) => name === region);
}

/** Scores of the people who have one; models are joined by name. */
function scoresOf(people: readonly AtlasScores[], region: string, model: number): number[] {
  const name = people[0].modelNames[model];
  return people
    .map((one) => regionOf(one, region)?.scores[one.modelNames.indexOf(name)] ?? NaN)
    .filter((score) => !Number.isNaN(score));
}

function testOf(scores: readonly number[], region: string, model: string, tail: string) {
  const n = scores.length;
  const mean = n === 0 ? NaN : scores.reduce((sum, score) => sum + score, 0) / n;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const error = Math.sqrt(squares / (n - 1) / n);
  const t = n > 1 && error > 0 ? mean / error : NaN;
  const upper = Number.isNaN(t) ? NaN : studentTUpperTail(t, n - 1);
  const p = tail === "greater" ? upper : 2 * Math.min(upper, 1 - upper);
  return { region, model, n, mean, t, p };
}

async function ceilingOf(
  people: readonly AtlasScores[],
  region: string,
  { signal }: GroupAtlasOptions,
): Promise<Ceiling> {
  const rdms = people.flatMap((one) => regionOf(one, region)?.rdm ?? []);
  const known = rdms.filter(({ condensed }) => condensed.every(Number.isFinite));
  if (known.length < 2) return none;
  const method = people[0].rsaMetric as "spearman";
  try {
    return await noiseCeiling(known, { method, signal, onProgress: false });
  } catch (error) {
    // A comparison that has no ceiling, as a regression, has none here.
    if (error instanceof InvalidArgument || (error as Error).name === "UnknownOption") return none;
    throw error;
  }
}
