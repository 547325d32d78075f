import { text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { FileFormatError, InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { readCifti, type CiftiModel } from "../../io/cifti/index.ts";
import { readGifti } from "../../io/gifti/index.ts";
import type { VoxelSeries } from "../functional-data.ts";
import { vertexHeader } from "./vertex-header.ts";

/** Which vertices. */
export interface ReadVertexSeriesOptions {
  /** Of a CIFTI file the part that is read, as `CORTEX_LEFT`. A GIFTI file is of one hemisphere. */
  readonly structure?: string;
}

const optionNames: OptionNames<ReadVertexSeriesOptions> = { structure: text };

/**
 * Time courses of the vertices of one hemisphere, from GIFTI (`.func.gii`) or CIFTI (`.dtseries.nii`): `firstLevel` and
 * `trialBetas` take them as the image of a run. Patterns made of them have numbers of vertices in `voxels`; the medial
 * wall, which CIFTI leaves out, is not among them.
 *
 * @throws InvalidArgument for a structure that a CIFTI file does not have, or none named, listing them; FileFormatError
 *   for a file without time courses; ShapeMismatch for arrays of different numbers of vertices; MissingFile.
 * @example
 * import { readTsv, readVertexSeries, trialBetas } from "tsrsa";
 * async function patterns(file: string, events: string) {
 *   const run = { image: await readVertexSeries(file), events: await readTsv(events), tr: 2 };
 *   return trialBetas(run);
 * }
 */
export async function readVertexSeries(
  file: string | URL,
  options: ReadVertexSeriesOptions = {},
): Promise<VoxelSeries> {
  checkOptions(options, optionNames);
  const name = String(file);
  if (/\.gii$/i.test(name)) return fromGifti(file);
  if (/\.dtseries\.nii$/i.test(name)) return fromCifti(file, options.structure);
  throw new InvalidArgument(
    "file",
    name,
    "time courses of vertices end in .func.gii or .dtseries.nii",
  );
}

async function fromGifti(file: string | URL): Promise<VoxelSeries> {
  const { arrays } = await readGifti(file);
  const series = arrays.filter(({ intent }) => intent !== "NODE_INDEX");
  const wrong = series.find(({ intent }) => ["POINTSET", "TRIANGLE", "LABEL"].includes(intent));
  if (series.length === 0 || wrong !== undefined)
    throw new FileFormatError(String(file), "arrays", "TIME_SERIES", wrong?.intent ?? "none", {
      advice: "give a .func.gii with a value a vertex and volume",
    });
  if (series.length !== arrays.length)
    throw new FileFormatError(String(file), "arrays", "all vertices", "a NODE_INDEX of some", {
      advice: "write it with all vertices of the hemisphere",
    });
  const [nVertices] = series[0].values.shape;
  const columns = series.flatMap(({ values }) => columnsOf(values, nVertices));
  const data = new Float64Array(nVertices * columns.length);
  columns.forEach((column, t) => {
    for (let v = 0; v < nVertices; v++) data[v * columns.length + t] = column(v);
  });
  return seriesOf(
    data,
    Int32Array.from({ length: nVertices }, (_, v) => v),
    nVertices,
    columns.length,
  );
}

type Column = (vertex: number) => number;

/** The volumes of one array: it has one, or all beside each other. */
function columnsOf(
  { data, shape }: { readonly data: ArrayLike<number>; readonly shape: readonly number[] },
  nVertices: number,
): Column[] {
  if (shape[0] !== nVertices || shape.length > 2)
    throw new ShapeMismatch(
      `arrays of ${nVertices} vertices, as the first`,
      shape.join(" × "),
      "the file mixes hemispheres or meshes",
    );
  const n = shape[1] ?? 1;
  return Array.from({ length: n }, (_, t) => (vertex: number) => data[vertex * n + t]);
}

async function fromCifti(file: string | URL, structure: string | undefined): Promise<VoxelSeries> {
  const { values, axes } = await readCifti(file);
  const [time, brain] = axes;
  if (time.kind !== "series" || brain.kind !== "brain")
    throw new FileFormatError(
      String(file),
      "axes",
      "time × vertices",
      `${time.kind} × ${brain.kind}`,
      {
        advice: "give a .dtseries.nii",
      },
    );
  const surfaces = brain.models.filter(({ vertices }) => vertices !== undefined);
  const { start, count, vertices, nSurfaceVertices } = modelOf(surfaces, structure);
  const [n, width] = values.shape;
  const order = Int32Array.from({ length: count }, (_, at) => at);
  const own = vertices ?? order;
  order.sort((a, b) => own[a] - own[b]);
  const data = new Float64Array(count * n);
  for (let t = 0; t < n; t++)
    for (let v = 0; v < count; v++) data[v * n + t] = values.data[t * width + start + order[v]];
  const step = time.unit === "second" ? time.step : 0;
  return seriesOf(
    data,
    order.map((at) => own[at]),
    nSurfaceVertices ?? count,
    n,
    step,
  );
}

function modelOf(models: readonly CiftiModel[], structure: string | undefined): CiftiModel {
  const found = models.find((model) => model.structure === structure);
  if (found !== undefined) return found;
  const known = models.map((model) => model.structure).join(", ");
  throw new InvalidArgument("structure", structure, `choose the vertices of one: ${known}`);
}

function seriesOf(
  data: Float64Array,
  voxels: Int32Array,
  nVertices: number,
  nVolumes: number,
  stepS = 0,
): VoxelSeries {
  return { data, nVolumes, voxels, header: vertexHeader(nVertices, nVolumes, stepS) };
}
