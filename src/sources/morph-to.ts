import { InvalidArgument } from "../core/errors.ts";
import { either, kind, text, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { toFloat64 } from "../core/matrix.ts";
import type { Mesh } from "../surface/mesh-edges.ts";
import { morphMap } from "../surface/morph-map.ts";
import { morphValues, type MorphSmoothing } from "../surface/morph-values.ts";
import { stepsKind } from "../surface/smooth-on-mesh.ts";
import { checkMesh } from "../surface/triangle-points.ts";
import { someEstimates, SourceEstimates } from "./source-estimates.ts";

/** The two halves of a cortex. */
export interface Hemispheres<T> {
  readonly left: T;
  readonly right: T;
}

/** How estimates come to another brain. */
export interface MorphOptions extends Omit<JobOptions, "jobs"> {
  /** The registered spheres of the estimates' own subject (`lh.sphere.reg`, `rh.sphere.reg`), whole. */
  readonly from: Hemispheres<Mesh>;
  /** The registered spheres of the subject that the estimates go to. */
  readonly to: Hemispheres<Mesh>;
  /** Vertices of `to` that become sources. Default: all. */
  readonly vertices?: Hemispheres<ArrayLike<number>>;
  /**
   * How values come from the sources to all vertices of their own mesh: `nearest` takes the source that the fewest edges
   * lead to, a number smooths so many steps, `fill` until every vertex has a value. Default: `fill`.
   */
  readonly smooth?: MorphSmoothing;
  /** Name of the subject that the estimates go to. */
  readonly subject?: string;
}

const halves = thing("{ left, right }", "left", "right");

const morphNames: OptionNames<MorphOptions> = {
  from: halves,
  to: halves,
  vertices: halves,
  smooth: either(
    kind('"nearest", "fill" or a number of steps', (value) => value === "nearest"),
    stepsKind,
  ),
  subject: text,
  signal: true,
  onProgress: true,
};

/**
 * Source estimates of one brain on another's cortex: values are spread over all vertices of their own mesh (see
 * `smooth`), and each vertex of the other takes them from the triangle that it lies in when both are on one sphere.
 * Agrees with `mne.compute_source_morph`; vertices that no value reaches are NaN (there 0).
 *
 * Morph maps of scores rather than single trials: RDMs of morphed trials are not those of the trials.
 *
 * @throws InvalidArgument for volumes, vectors, and vertices that a mesh lacks; ShapeMismatch; Cancelled.
 * @example
 * import { morphTo, SourceEstimates } from "tsrsa";
 * const points = { data: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, -1, -1, -1), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2, 0, 3, 1, 1, 3, 2, 2, 3, 0), shape: [4, 3] };
 * const spheres = { left: { points, triangles }, right: { points, triangles } };
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2), shape: [1, 2, 1] },
 *   vertices: [Int32Array.of(0), Int32Array.of(3)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const there = await morphTo(estimates, { from: spheres, to: spheres, vertices: { left: [1, 2], right: [0] } });
 * Array.from(there.data.data); // [ 1, 1, 2 ]
 */
export async function morphTo(
  estimates: SourceEstimates,
  options: MorphOptions,
): Promise<SourceEstimates> {
  someEstimates(estimates, "estimates");
  checkOptions(options, morphNames);
  halves(options.from, "from");
  halves(options.to, "to");
  checkMorph(estimates, options);
  const { from, to, smooth = "fill", signal } = options;
  const pause = pauses(signal, "morphTo");
  const [left, right] = [verticesFor(options, "left"), verticesFor(options, "right")];
  const nTimes = estimates.times.length;
  const data = new Float64Array(estimates.length * (left.length + right.length) * nTimes);
  const values = toFloat64(estimates.data.data);
  const nSources = estimates.nSources;
  for (const [side, half] of (["left", "right"] as const).entries()) {
    await pause.turn();
    const wanted = side === 0 ? left : right;
    const sources = estimates.vertices[side];
    const map = morphMap(from[half], to[half].points, wanted);
    const [firstRow, firstTo] = side === 0 ? [0, 0] : [estimates.vertices[0].length, left.length];
    for (let one = 0; one < estimates.length; one++) {
      const start = (one * nSources + firstRow) * nTimes;
      const own = values.subarray(start, start + sources.length * nTimes);
      const target = (one * (left.length + right.length) + firstTo) * nTimes;
      const there = data.subarray(target, target + wanted.length * nTimes);
      if (sources.length === 0) there.fill(NaN);
      else there.set(morphValues(from[half], sources, own, map, smooth));
      if (pause.due()) await pause.turn();
    }
  }
  return new SourceEstimates({
    data: { data, shape: [estimates.length, left.length + right.length, nTimes] },
    vertices: [left, right],
    kind: "surface",
    tminS: estimates.tminS,
    tstepS: estimates.tstepS,
    subject: options.subject,
  });
}

function verticesFor({ to, vertices }: MorphOptions, half: "left" | "right"): Int32Array {
  const n = to[half].points.shape[0];
  if (vertices === undefined) return Int32Array.from({ length: n }, (_, at) => at);
  const list = Int32Array.from(vertices[half]);
  const wrong = Array.from(vertices[half]).find(
    (vertex) => !(Number.isInteger(vertex) && vertex >= 0 && vertex < n),
  );
  if (wrong === undefined) return list;
  throw new InvalidArgument(`vertices.${half}`, wrong, `the mesh has vertices from 0 to ${n - 1}`);
}

function checkMorph(estimates: SourceEstimates, { from, to }: MorphOptions): void {
  if (estimates.kind !== "surface")
    throw new InvalidArgument(
      "estimates",
      "of a volume",
      "only estimates on the cortex are morphed along it",
    );
  if (estimates.isVector)
    throw new InvalidArgument(
      "estimates",
      "with directions",
      "directions of one head are not those of another; take lengths or normals first",
    );
  for (const half of ["left", "right"] as const) {
    checkMesh(from[half], `from.${half}`);
    checkMesh(to[half], `to.${half}`);
    const n = from[half].points.shape[0];
    const wrong = estimates.vertices[half === "left" ? 0 : 1].find((vertex) => vertex >= n);
    if (wrong !== undefined)
      throw new InvalidArgument(
        `from.${half}`,
        `a mesh of ${n} vertices`,
        `the estimates have vertex ${wrong}; give the whole sphere of their own subject`,
      );
  }
}
