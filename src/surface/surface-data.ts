import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { isRecord, numbers } from "../core/gate/kinds.ts";
import type { Matrix } from "../core/matrix.ts";
import { readCifti, type CiftiFile } from "../io/cifti/index.ts";
import { readGifti, type GiftiFile } from "../io/gifti/index.ts";
import { readMgh } from "../io/mgh/index.ts";
import { refuseOtherHalf } from "./half-of-file.ts";
import { sides, type Halves, type Side } from "./hemispheres.ts";

/** Values of one half of the cortex. */
export interface HalfData {
  /** Vertices × volumes. */
  readonly values: Matrix;
  /** Numbers of the vertices in the full mesh, one a row. Default: the rows are all vertices, in order. */
  readonly vertices?: ArrayLike<number>;
  /** Vertices of the full mesh, where that is known: as many as rows when the rows are all of them. */
  readonly nMesh?: number;
}

/** Time courses or patterns of vertices as `readVertexSeries`, `firstLevel` and `trialBetas` make them. */
export interface VertexValues {
  /** Vertices × volumes (patterns), in C order. */
  readonly data: Float64Array;
  readonly nVolumes: number;
  /** Numbers of the vertices in the full mesh. */
  readonly voxels: Int32Array;
  readonly header: {
    readonly shape: readonly number[];
    readonly units?: { readonly space: string };
  };
}

/** Values of both halves of the cortex, or of one: of each vertex in every volume. */
export type SurfaceData = Halves<HalfData>;

/**
 * Where values on the cortex come from: values; patterns of `trialBetas` or `firstLevel` of each half; files of each half (`.func.gii`, `.shape.gii`, `.mgh`, `.mgz`); one CIFTI
 * file (`.dtseries.nii`, `.dscalar.nii`) for both; or a list of such, one a run, volumes one after the other.
 */
export type SurfaceSource = SurfaceRun | readonly SurfaceRun[];

/** One run. */
export type SurfaceRun = Halves<HalfData | VertexValues | string | URL> | string | URL;

/**
 * Read values on the cortex. Rows of a sparse GIFTI file and of CIFTI keep the numbers of their vertices; what a CIFTI
 * file has below the cortex is left out.
 *
 * @throws FileFormatError, MissingFile; InvalidArgument for other kinds of files, or one of the other half; ShapeMismatch for runs that differ.
 * @example
 * import { readSurfaceData } from "tsrsa";
 * async function shapes(left: string, right: string) {
 *   const data = await readSurfaceData({ left, right });
 *   return [data.left?.values.shape, data.right?.values.shape]; // vertices × volumes
 * }
 */
export async function readSurfaceData(source: SurfaceSource): Promise<SurfaceData> {
  if (!Array.isArray(source)) return readRun(source as SurfaceRun);
  if (source.length === 0) throw new InvalidArgument("data", "no run", "give at least one");
  const runs: SurfaceData[] = [];
  for (const run of source as readonly SurfaceRun[]) runs.push(await readRun(run));
  const joined = sides.flatMap((side) => {
    const halves = runs.map((run) => run[side]);
    return halves.every((half) => half === undefined)
      ? []
      : [[side, joinRuns(halves, side)] as const];
  });
  return Object.fromEntries(joined);
}

async function readRun(run: SurfaceRun): Promise<SurfaceData> {
  if (typeof run === "string" || run instanceof URL) return fromCifti(await readCifti(run), run);
  if (!isRecord(run) || (run.left === undefined && run.right === undefined))
    throw new InvalidArgument(
      "data",
      run,
      "give { left, right } of files or values, or the path of a CIFTI file",
    );
  const halves: [Side, HalfData][] = [];
  for (const side of sides) {
    const half: string | URL | HalfData | VertexValues | undefined = run[side];
    if (half === undefined) continue;
    const isPath = typeof half === "string" || half instanceof URL;
    const values = isPath ? await readHalf(half, side) : half;
    halves.push([
      side,
      checkHalf(isVertexValues(values) ? ofVertices(values, side) : values, side),
    ]);
  }
  return Object.fromEntries(halves);
}

function isVertexValues(half: HalfData | VertexValues): half is VertexValues {
  return isRecord(half) && "voxels" in half && "header" in half;
}

/** Throws `InvalidArgument` for values of voxels. */
function ofVertices(
  { data, nVolumes, voxels, header: { shape, units } }: VertexValues,
  side: Side,
): HalfData {
  if (units?.space !== "unknown" || shape.slice(1, 3).some((n) => n !== 1))
    throw new InvalidArgument(
      side,
      `values of voxels (${shape.slice(0, 3).join(" × ")})`,
      "give values of vertices, as of readVertexSeries; of voxels rsaNifti makes maps, and volumeToSurface brings them here",
    );
  return { values: { data, shape: [voxels.length, nVolumes] }, vertices: voxels, nMesh: shape[0] };
}

function checkHalf(half: HalfData, side: Side): HalfData {
  if (!isRecord(half))
    throw new InvalidArgument(side, half, "give a path, or { values } of vertices × volumes");
  const { vertices } = half;
  if (vertices !== undefined) numbers(vertices, `${side}.vertices`);
  const values = checkedMatrix(half.values, `${side}.values`);
  if (values.shape.length !== 2)
    throw new ShapeMismatch(`vertices × volumes in ${side}`, `(${values.shape.join(", ")})`);
  if (vertices === undefined) return { values, nMesh: meshOfRows(half, side) };
  if (vertices.length !== values.shape[0])
    throw new ShapeMismatch(
      `${values.shape[0]} vertices in ${side}, one a row`,
      `${vertices.length}`,
    );
  const seen = new Set<number>();
  for (const vertex of Array.from(vertices)) {
    if (!Number.isInteger(vertex) || vertex < 0 || seen.has(vertex))
      throw new InvalidArgument(
        `${side}.vertices`,
        vertex,
        "give each vertex once, whole numbers from 0",
      );
    seen.add(vertex);
  }
  if (half.nMesh === undefined) return { values, vertices };
  refuseBeyond(half.nMesh, vertices, side);
  return { values, vertices, nMesh: half.nMesh };
}

/** Rows that are all vertices are as many as the mesh has. */
function meshOfRows({ values, nMesh }: HalfData, side: Side): number {
  const [nRows] = values.shape;
  if (nMesh === undefined || nMesh === nRows) return nRows;
  throw new ShapeMismatch(
    `a row for each of the ${nMesh} vertices of the mesh in ${side}`,
    `${nRows}`,
    "say in vertices which these are",
  );
}

function refuseBeyond(nMesh: number, vertices: ArrayLike<number>, side: Side): void {
  if (!Number.isInteger(nMesh))
    throw new InvalidArgument(`${side}.nMesh`, nMesh, "give how many vertices the mesh has");
  const beyond = Array.from(vertices).find((vertex) => vertex >= nMesh);
  if (beyond === undefined) return;
  throw new InvalidArgument(
    `${side}.vertices`,
    beyond,
    `the mesh has ${nMesh} vertices; give numbers from 0 to ${nMesh - 1}`,
  );
}

async function readHalf(path: string | URL, side: Side): Promise<HalfData> {
  refuseOtherHalf(path, side);
  const name = path instanceof URL ? path.pathname : path;
  if (/\.mg[hz]$/i.test(name)) return fromMgh(path);
  if (/\.gii(\.gz)?$/i.test(name)) {
    const file = await readGifti(path);
    refuseOtherHalf(path, side, file);
    return fromGifti(file, name);
  }
  throw new InvalidArgument(
    "data",
    name,
    "give files that end in .gii, .gii.gz, .mgh or .mgz; FreeSurfer's curv files are read with readFreesurferCurv",
  );
}

async function fromMgh(path: string | URL): Promise<HalfData> {
  const { data, shape } = await readMgh(path);
  const [nVertices, height, depth, frames = 1] = shape;
  if (height !== 1 || depth !== 1)
    throw new ShapeMismatch(
      "an overlay, vertices × 1 × 1",
      `(${shape.join(", ")})`,
      "this is a volume",
    );
  return { values: { data, shape: [nVertices, frames] } };
}

const coordinates = ["POINTSET", "TRIANGLE", "NODE_INDEX", "VECTOR", "LABEL"];

/** Arrays of one column each, or one of vertices × volumes. */
function fromGifti({ arrays }: GiftiFile, name: string): HalfData {
  const columns = arrays.filter(({ intent }) => !coordinates.includes(intent));
  const nodes = arrays.find(({ intent }) => intent === "NODE_INDEX");
  if (columns.length === 0)
    throw new InvalidArgument(
      "data",
      name,
      "it has no values of vertices (TIME_SERIES, SHAPE, NONE …); a surface goes into surfaces",
    );
  const nVertices = columns[0].values.shape[0];
  const widths = columns.map(({ values: { data } }) => data.length / nVertices);
  const wrong = columns.find(({ values }) => values.shape[0] !== nVertices);
  if (wrong !== undefined)
    throw new ShapeMismatch(
      `${nVertices} vertices in every array of ${name}`,
      `${wrong.values.shape[0]}`,
    );
  const nVolumes = widths.reduce((sum, width) => sum + width, 0);
  const data = new Float64Array(nVertices * nVolumes);
  let first = 0;
  columns.forEach(({ values }, at) => {
    for (let v = 0; v < nVertices; v++)
      for (let k = 0; k < widths[at]; k++)
        data[v * nVolumes + first + k] = values.data[v * widths[at] + k];
    first += widths[at];
  });
  const values = { data, shape: [nVertices, nVolumes] };
  return nodes === undefined ? { values } : { values, vertices: nodes.values.data };
}

const structures = { left: "CORTEX_LEFT", right: "CORTEX_RIGHT" } as const;

function fromCifti({ values, axes }: CiftiFile, path: string | URL): SurfaceData {
  const [, brain] = axes;
  if (brain.kind !== "brain")
    throw new InvalidArgument(
      "data",
      String(path),
      `its second axis is ${brain.kind}; give a .dtseries.nii or .dscalar.nii file`,
    );
  const [nVolumes, width] = values.shape;
  const halves = sides.flatMap((side): [Side, HalfData][] => {
    const model = brain.models.find(({ structure }) => structure === structures[side]);
    if (model?.vertices === undefined) return [];
    const data = new Float64Array(model.count * nVolumes);
    for (let v = 0; v < model.count; v++)
      for (let t = 0; t < nVolumes; t++)
        data[v * nVolumes + t] = values.data[t * width + model.start + v];
    const own = { data, shape: [model.count, nVolumes] };
    return [[side, { values: own, vertices: model.vertices, nMesh: model.nSurfaceVertices }]];
  });
  if (halves.length > 0) return Object.fromEntries(halves);
  throw new InvalidArgument("data", String(path), "it has nothing on the cortex");
}

function joinRuns(halves: readonly (HalfData | undefined)[], side: Side): HalfData {
  const first = halves.find((half) => half !== undefined);
  const { vertices, nMesh } = first ?? {};
  const parts = halves.map((half, run) => {
    const same =
      half?.values.shape[0] === first?.values.shape[0] &&
      half?.nMesh === nMesh &&
      Array.from(half?.vertices ?? []).join() === Array.from(vertices ?? []).join();
    if (half !== undefined && same) return half.values;
    throw new ShapeMismatch(
      `the same vertices in every run, ${side}`,
      half === undefined ? `none in run ${run + 1}` : `others in run ${run + 1}`,
      "bring all runs onto one mesh",
    );
  });
  const nVertices = parts[0].shape[0];
  const nVolumes = parts.reduce((sum, { shape }) => sum + shape[1], 0);
  const data = new Float64Array(nVertices * nVolumes);
  let from = 0;
  for (const { data: own, shape } of parts) {
    for (let v = 0; v < nVertices; v++)
      for (let t = 0; t < shape[1]; t++) data[v * nVolumes + from + t] = own[v * shape[1] + t];
    from += shape[1];
  }
  const values = { data, shape: [nVertices, nVolumes] };
  return { values, ...(vertices && { vertices }), ...(nMesh !== undefined && { nMesh }) };
}
