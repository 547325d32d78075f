import { ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { numbers } from "../core/gate/kinds.ts";
import { sides, type Halves, type Side } from "./hemispheres.ts";
import { aMesh, type Mesh } from "./mesh-edges.ts";
import type { Parcels } from "./parcels.ts";
import type { SurfaceData } from "./surface-data.ts";

/** What says how many vertices the mesh of a half has. */
interface OnMesh {
  readonly surfaces?: Halves<Mesh>;
  readonly parcels?: Parcels;
  readonly mask?: Halves<ArrayLike<number>>;
}

/**
 * Vertices of the full mesh of each half, where something says it. All that say it must agree: what lies on another mesh
 * has other vertices under the same numbers. Throws `ShapeMismatch`, `InvalidArgument`.
 */
export function meshSizes(data: SurfaceData, options: OnMesh): Halves<number> {
  const known = sides.flatMap((side): [Side, number][] => {
    const told = toldOf(data, options, side);
    if (told.length === 0) return [];
    const [[what, size]] = told;
    const other = told.find(([, one]) => one !== size);
    if (other === undefined) return [[side, size]];
    throw new ShapeMismatch(
      `one mesh of the ${side} half, of ${size} vertices as ${what} say`,
      `${other[1]} in ${other[0]}`,
      "bring all onto the mesh that the data are on",
    );
  });
  return Object.fromEntries(known);
}

function toldOf(
  data: SurfaceData,
  { surfaces, parcels, mask }: OnMesh,
  side: Side,
): [string, number][] {
  const [mesh, labels, inside] = [surfaces?.[side], parcels?.[side]?.labels, mask?.[side]];
  if (mesh !== undefined) {
    aMesh(mesh, `surfaces.${side}`);
    checkedMatrix(mesh.points, `points of surfaces.${side}`);
  }
  if (labels !== undefined) numbers(labels, `parcels.${side}.labels`);
  const sizes: [string, number | undefined][] = [
    ["the data", data[side]?.nMesh],
    [`surfaces.${side}`, mesh?.points.shape[0]],
    [`parcels.${side}`, labels?.length],
    [`mask.${side}`, data[side] === undefined ? undefined : inside?.length],
  ];
  return sizes.flatMap(([what, size]) => (size === undefined ? [] : [[what, size]]));
}
