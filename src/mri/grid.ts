import { isList } from "../core/gate/vector.ts";
import { listOf, thing, whole } from "../core/gate/kinds.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import type { NumericArray } from "../core/matrix.ts";
import type { NiftiAffine, NiftiUnits } from "../io/nifti/index.ts";

/** Where the voxels of an image lie. */
export interface Grid {
  /** Number of voxels along x, y and z. */
  readonly shape: readonly [nx: number, ny: number, nz: number];
  /** From voxel indices (i, j, k) to mm: x to the right, y to the front, z up. */
  readonly affine: NiftiAffine;
}

/** Anything that says where its voxels lie: an image, an open file, a mask, a map. */
export interface Gridded {
  readonly shape: readonly number[];
  readonly affine: NiftiAffine;
  /** Unit of the affine; default mm. */
  readonly units?: Pick<NiftiUnits, "space">;
}

/** One value a voxel, in C order (z fastest): a mask, a map, an anatomical image. A `NiftiImage` is one. */
export interface Volume extends Gridded {
  readonly data: NumericArray;
}

const mmOf = { unknown: 1, mm: 1, m: 1000, um: 0.001 } as const;

/** The grid of an image, its affine in mm. Throws `InvalidArgument` for an affine that cannot place voxels. */
export function gridOf(image: Gridded, argument = "image"): Grid {
  const { shape, affine, units } = checkedGridded(image, argument);
  const [nx, ny = 1, nz = 1] = shape;
  checkAffine(affine);
  const factor = mmOf[units?.space ?? "mm"];
  const inMm =
    factor === 1
      ? affine
      : affine.map((row, i) => (i < 3 ? row.map((value) => value * factor) : row));
  return { shape: [nx, ny, nz], affine: inMm };
}

function checkedGridded(image: Gridded, argument: string): Gridded {
  thing("an image, with its shape and affine", "shape", "affine")(image, argument);
  listOf(whole(1))(image.shape, `shape of ${argument}`);
  return image;
}

/** How many voxels a grid has. */
export function nVoxelsOf({ shape }: Grid): number {
  return shape[0] * shape[1] * shape[2];
}

/** Below this share of the voxel's edges multiplied, the volume of a voxel is nothing but rounding of float32. */
const flat = 1e-6;

function checkAffine(affine: NiftiAffine): void {
  const whole =
    isList(affine) && affine.length === 4 && affine.every((row) => isList(row) && row.length === 4);
  if (!whole || !affine.every((row) => row.every(Number.isFinite)))
    throw new InvalidArgument("affine", affine, "give 4 × 4 finite numbers");
  const edges = edgesOf(affine);
  const box = edges[0] * edges[1] * edges[2];
  if (box > 0 && Math.abs(determinant(affine)) > flat * box) return;
  throw new InvalidArgument(
    "affine",
    `singular, ${affine
      .slice(0, 3)
      .map((row) => `[${row.join(", ")}]`)
      .join(" ")}`,
    "its voxels have no extent in space; mend the image's header",
  );
}

/** Lengths of the three edges of a voxel. */
export function edgesOf(affine: NiftiAffine): [number, number, number] {
  const edge = (axis: number) => Math.hypot(affine[0][axis], affine[1][axis], affine[2][axis]);
  return [edge(0), edge(1), edge(2)];
}

/** Determinant of the upper left 3 × 3. */
export function determinant([a, b, c]: NiftiAffine): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}

/** The affine from mm to voxel indices. */
export function inverseOf(affine: NiftiAffine): NiftiAffine {
  const [a, b, c] = affine;
  const size = determinant(affine);
  const minor = (p: readonly number[], q: readonly number[], x: number, y: number): number =>
    (p[x] * q[y] - p[y] * q[x]) / size;
  const rows = [
    [minor(b, c, 1, 2), -minor(a, c, 1, 2), minor(a, b, 1, 2)],
    [-minor(b, c, 0, 2), minor(a, c, 0, 2), -minor(a, b, 0, 2)],
    [minor(b, c, 0, 1), -minor(a, c, 0, 1), minor(a, b, 0, 1)],
  ];
  return [
    ...rows.map((row) => [...row, -(row[0] * a[3] + row[1] * b[3] + row[2] * c[3])]),
    [0, 0, 0, 1],
  ];
}

/** Corners of two grids further apart than this share of a voxel's shortest edge make them different grids. */
const nearlyNothing = 0.01;

/** Throws `ShapeMismatch` unless both have the same voxels in the same places. */
export function checkSameGrid(
  image: Grid,
  other: Grid,
  name: string,
  advice = `take a ${name} drawn on this image, or move it there on purpose with resampleMask(mask, image)`,
): void {
  if (image.shape.some((n, axis) => n !== other.shape[axis]))
    throw new ShapeMismatch(
      `a ${name} of ${image.shape.join(" × ")} voxels, as the image`,
      other.shape.join(" × "),
      advice,
    );
  const apart = largestShift(image, other);
  if (apart <= nearlyNothing * Math.min(...edgesOf(image.affine))) return;
  throw new ShapeMismatch(
    `a ${name} with the image's affine`,
    `voxels up to ${apart.toPrecision(3)} mm from those of the image`,
    advice,
  );
}

/** Farthest distance of two voxels of the same indices; it is largest at a corner. */
function largestShift(a: Grid, b: Grid): number {
  let largest = 0;
  for (let corner = 0; corner < 8; corner++) {
    const at = a.shape.map((n, axis) => ((corner >> axis) & 1) * (n - 1));
    const shift = [0, 1, 2].map((row) =>
      [...at, 1].reduce(
        (sum, value, column) => sum + (a.affine[row][column] - b.affine[row][column]) * value,
        0,
      ),
    );
    largest = Math.max(largest, Math.hypot(...shift));
  }
  return largest;
}
