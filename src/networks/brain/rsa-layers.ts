import { InvalidArgument } from "../../core/errors.ts";
import { isRecord, oneOf, text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { reporter } from "../../core/progress.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { renamed } from "../../rdm/with.ts";
import { evalFixed, type EvalOptions, type EvalResult } from "../../rsa/index.ts";
import { evalNames } from "../../rsa/eval/problem.ts";
import { pValueCorrections, type PValueCorrection } from "../../stats/adjust-p-values.ts";
import { LayerScores } from "./layer-scores.ts";

/** How layers are compared with regions. */
export interface RsaLayersOptions extends EvalOptions {
  /** The key of the RDMs' `meta` that names the region, where they come as one list. Default: `roi`. */
  readonly regionKey?: string;
  /** Correction of the p values over the whole table. Default: `fdr-bh`. */
  readonly correction?: PValueCorrection;
}

const rsaLayersNames: OptionNames<RsaLayersOptions> = {
  ...evalNames,
  regionKey: text,
  correction: oneOf(pValueCorrections),
};

/** RDMs of regions: by name, or in one list whose RDMs name their region in `meta`. One for each subject. */
export type RegionRdms = Readonly<Record<string, RdmInput>> | readonly Rdm[];

/**
 * Layers of a network against regions of the brain: for each region `evalFixed` of all layers on the RDMs of its
 * subjects, with noise ceilings, one-sided tests against zero corrected over the whole table, and the best layer by
 * leaving one subject out. Items are matched by label. Correlations are never squared: a mean of squares is above zero
 * whatever the data.
 *
 * @param layers - one RDM a layer, as `activations(…).rdms()` or `activationRdms` gives them; ordered by their
 *   `meta.layerIndex` where all have it.
 * @throws InvalidArgument for two layers of one name, no regions, an RDM that names no region; ItemMismatch;
 *   UnknownOption; Cancelled.
 * @example
 * import { Rdm, rsaLayers } from "tsrsa";
 * const layers = [[1, 2, 3], [3, 1, 2]].map((d, at) => new Rdm(d, { name: `layer${at + 1}` }));
 * const V1 = [[1, 2, 3], [1, 3, 2], [2, 3, 4]].map((d) => new Rdm(d));
 * const scores = await rsaLayers(layers, { V1 }, { onProgress: false });
 * scores.region("V1").best.layer; // layer1
 */
export async function rsaLayers(
  layers: RdmInput,
  regions: RegionRdms,
  options: RsaLayersOptions = {},
): Promise<LayerScores> {
  checkOptions(options, rsaLayersNames);
  const { regionKey = "roi", correction = "fdr-bh", ...evaluation } = options;
  const ordered = byDepth(toRdms(layers, "layers"));
  const names = ordered.map(({ name }, at) => name ?? `layer ${at + 1}`);
  refuseTwice(names);
  const byRegion = regionsOf(regions, regionKey);
  const line = reporter(options, "regions", byRegion.size);
  const found = new Map<string, EvalResult>();
  for (const [region, rdms] of byRegion) {
    const models = ordered.map((rdm, at) => named(rdm, names[at]));
    found.set(region, await evalFixed(models, rdms, { ...evaluation, onProgress: false }));
    line.update(found.size);
  }
  line.finish();
  return new LayerScores(names, found, correction);
}

/** By place in the graph, where all tell it: the name `layer10` must not come before `layer2`. */
function byDepth(rdms: readonly Rdm[]): readonly Rdm[] {
  const places = rdms.map(({ meta }) => meta.layerIndex);
  if (!places.every((place) => typeof place === "number")) return rdms;
  return [...rdms.keys()].sort((a, b) => places[a] - places[b]).map((at) => rdms[at]);
}

function named(rdm: Rdm, name: string): Rdm {
  return rdm.name === name ? rdm : renamed(rdm, name);
}

function refuseTwice(names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new InvalidArgument(
      "layers",
      twice,
      "two layers have this name; of several networks compare one at a time, or rename them with renamed",
    );
}

function regionsOf(regions: unknown, key: string): Map<string, readonly Rdm[]> {
  const found =
    isRecord(regions) && !("condensed" in regions) ? ofRecord(regions) : ofList(regions, key);
  if (found.size > 0) return found;
  throw new InvalidArgument("regions", regions, "give RDMs by region: { V1: […], IT: […] }");
}

function ofRecord(regions: object): Map<string, readonly Rdm[]> {
  return new Map(
    Object.entries(regions).map(([region, rdms]) => [region, toRdms(rdms as RdmInput, region)]),
  );
}

function ofList(regions: unknown, key: string): Map<string, readonly Rdm[]> {
  const found = new Map<string, Rdm[]>();
  for (const rdm of toRdms(regions as RdmInput, "regions")) {
    const region = rdm.meta[key];
    if (region === undefined)
      throw new InvalidArgument(
        "regions",
        rdm.name ?? "an RDM",
        `its meta names no ${key}: give RDMs by region, { V1: […] }, or say regionKey`,
      );
    found.set(String(region), [...(found.get(String(region)) ?? []), rdm]);
  }
  return found;
}
