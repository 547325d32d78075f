import { writeCifti } from "../../src/io/cifti/index.ts";
import { readFreesurferGeometry } from "../../src/io/freesurfer/index.ts";
import { readGifti } from "../../src/io/gifti/index.ts";
import { metricNames } from "../../src/rdm/metrics/index.ts";
import { comparisonNames } from "../../src/rsa/comparisons/registry.ts";
import { refuseOtherHalf } from "../../src/surface/half-of-file.ts";
import {
  readParcels,
  rsaSurface,
  type Halves,
  type Mesh,
  type RsaSurfaceOptions,
  type SurfaceMaps,
  type SurfaceSource,
} from "../../src/surface/index.ts";
import { checkOutput } from "../check-output.ts";
import { engineOf, type EngineArguments } from "../engine-option.ts";
import { nameOption } from "../option-values.ts";
import { foldsOption, readColumn, readItems } from "../read-column.ts";
import { readModels } from "../read-rdm.ts";
import { UsageError } from "../usage-error.ts";
import { writeTable } from "../write-table.ts";

/** The options of `tsrsa rsa-surface`. */
export interface RsaSurfaceArguments extends EngineArguments {
  readonly left?: string;
  readonly right?: string;
  readonly model: readonly string[];
  readonly out: string;
  readonly labels?: string;
  readonly items?: string;
  readonly common?: true;
  readonly radiusMm?: number;
  readonly surfaceLeft?: string;
  readonly surfaceRight?: string;
  readonly parcelsLeft?: string;
  readonly parcelsRight?: string;
  readonly metric: string;
  readonly rsaMetric: string;
  readonly folds?: string;
  readonly every?: number;
  readonly ignoreNan?: true;
  readonly jobs: number;
  readonly json?: true;
}

/** RSA of data on the cortex with models; writes the scores and prints where they peak. */
export async function runRsaSurface(
  file: string | undefined,
  options: RsaSurfaceArguments,
): Promise<void> {
  const source = sourceOf(file, options);
  const asTable = /\.csv$/i.test(options.out);
  if (!asTable && !/\.dscalar\.nii$/i.test(options.out))
    throw new UsageError(
      `--out takes a name that ends in .dscalar.nii or .csv, not ${options.out}`,
    );
  await checkOutput(options.out, [file, options]);
  const analysis = await analysisOf(options);
  const items = options.items === undefined ? undefined : await readItems("--items", options.items);
  const models = await readModels(options.model, items);
  const maps = await rsaSurface(source, models, analysis);
  if (asTable) await writeTable(options.out, maps.toTable());
  else await writeCifti(options.out, maps.toCifti());
  print(maps, options);
}

function sourceOf(file: string | undefined, { left, right }: RsaSurfaceArguments): SurfaceSource {
  if (file !== undefined && left === undefined && right === undefined) return file;
  if (file === undefined && (left !== undefined || right !== undefined)) return { left, right };
  throw new UsageError("give one CIFTI file, or --left and --right");
}

async function analysisOf(options: RsaSurfaceArguments): Promise<RsaSurfaceOptions> {
  if ((options.labels === undefined) !== (options.items === undefined))
    throw new UsageError(
      "--labels, the label of each volume, and --items, those of the models' rows, need each other",
    );
  const { parcelsLeft, parcelsRight } = options;
  const withParcels = parcelsLeft !== undefined || parcelsRight !== undefined;
  return {
    metric: nameOption("--metric", [...metricNames, "crossnobis" as const])(options.metric),
    rsaMetric: nameOption("--rsa-metric", comparisonNames)(options.rsaMetric),
    labels: options.labels === undefined ? undefined : await readColumn("--labels", options.labels),
    items: options.common === true ? "common" : "all",
    radiusMm: options.radiusMm,
    surfaces: await surfacesOf(options),
    parcels: withParcels
      ? await readParcels({ left: parcelsLeft, right: parcelsRight })
      : undefined,
    every: options.every,
    ignoreNan: options.ignoreNan,
    jobs: options.jobs,
    engine: engineOf(options, options.out),
    ...(await foldsOption(options.folds)),
  };
}

async function surfacesOf(options: RsaSurfaceArguments): Promise<Halves<Mesh> | undefined> {
  const { surfaceLeft: left, surfaceRight: right } = options;
  if (left === undefined && right === undefined) return undefined;
  return {
    ...(left !== undefined && { left: await readMesh(left, "left") }),
    ...(right !== undefined && { right: await readMesh(right, "right") }),
  };
}

async function readMesh(path: string, side: "left" | "right"): Promise<Mesh> {
  refuseOtherHalf(path, side);
  if (!/\.gii(\.gz)?$/i.test(path)) return readFreesurferGeometry(path);
  const file = await readGifti(path);
  refuseOtherHalf(path, side, file);
  const { arrays } = file;
  const points = arrays.find(({ intent }) => intent === "POINTSET")?.values;
  const triangles = arrays.find(({ intent }) => intent === "TRIANGLE")?.values;
  if (points !== undefined && triangles !== undefined) return { points, triangles };
  throw new UsageError(`${path} has no points and triangles; give a .surf.gii file`);
}

function print(maps: SurfaceMaps, { out, json }: RsaSurfaceArguments): void {
  const peaks = maps.modelNames.map((model) => ({ model, ...maps.peak(model) }));
  const { rsaMetric, nItems, places, notes } = maps;
  if (json === true) {
    console.log(JSON.stringify({ out, rsaMetric, nItems, nPlaces: places.length, peaks, notes }));
    return;
  }
  for (const { model, score, place } of peaks)
    console.log(`${model}: highest ${rsaMetric} ${score} at ${place}`);
  console.log(`${out}: ${places.length} places, ${nItems} items`);
  for (const note of notes) console.log(`note: ${note}`);
}
