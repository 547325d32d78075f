import type { FifSourceSpace } from "../../../src/io/fif/index.ts";
import type { Hemisphere } from "./hemisphere.ts";
import { normalsOf } from "./hemisphere.ts";
import { icosphere } from "./icosphere.ts";

/** How a source space is laid out. */
export interface SourceSpaceOptions {
  readonly subject: string;
  /** Levels of the icosphere whose points are sources. */
  readonly levels: number;
  /** Added to the points, in metres: from MRI to head coordinates. Default: none, and the frame is that of the MRI. */
  readonly moveM?: readonly [number, number, number];
}

/** Places where sources may be on a drawn half, as MNE's spacing of an icosahedron gives them. */
export function sourceSpaceOf(
  { side, sphere, white }: Hemisphere,
  { subject, levels, moveM }: SourceSpaceOptions,
): FifSourceSpace {
  const { nPoints, triangles } = sphere;
  const used = icosphere(levels);
  const move = moveM ?? [0, 0, 0];
  const shaped = <T extends Float64Array | Int32Array>(data: T) => ({
    data,
    shape: [data.length / 3, 3],
  });
  return {
    kind: "surface",
    hemisphere: side,
    subject,
    frame: moveM === undefined ? "mri" : "head",
    points: shaped(white.map((mm, k) => mm / 1000 + move[k % 3])),
    normals: shaped(normalsOf(white, triangles)),
    triangles: shaped(triangles),
    vertices: Int32Array.from({ length: Math.min(used.nPoints, nPoints) }, (_, vertex) => vertex),
    usedTriangles: shaped(used.triangles),
    nearest: undefined,
    distances: undefined,
    gridShape: undefined,
  };
}
