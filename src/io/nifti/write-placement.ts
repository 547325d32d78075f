import { InvalidArgument } from "../../core/errors.ts";
import { listOf, numbers } from "../../core/gate/kinds.ts";
import type { NiftiAffine, NiftiTransform } from "./types.ts";

/** The header fields that tell where the voxels are. */
export interface WrittenPlacement {
  /** qfac, then voxel sizes: 8 numbers. */
  readonly pixdim: readonly number[];
  readonly sformCode: number;
  readonly srow: NiftiAffine;
  readonly qformCode: number;
  readonly quatern: readonly [number, number, number];
  readonly qoffset: readonly [number, number, number];
}

/** What an image to be written tells of its place. */
export interface PlacementToWrite {
  readonly shape: readonly number[];
  readonly affine: NiftiAffine;
  readonly zooms?: readonly number[];
  readonly sform?: NiftiTransform;
  readonly qform?: NiftiTransform;
}

/** Code of an sform that nothing else is known of, as nibabel writes it: aligned with something. */
const aligned = 2;

/**
 * The transforms of an image that was read are kept, unless its affine is another one now: then both would tell of
 * where it was. Without them the affine becomes the sform.
 */
export function encodePlacement(image: PlacementToWrite): WrittenPlacement {
  checkAffine(image.affine);
  const { affine, sform, qform } = image;
  const kept = sameAffine(affine, (sform ?? qform)?.affine);
  const sizes = kept && image.zooms !== undefined ? image.zooms : columnLengths(affine);
  const keptQform = kept ? qform : undefined;
  const rest = image.shape.slice(3).map((_, i) => image.zooms?.[i + 3] ?? 1);
  const space = [0, 1, 2].map((axis) => sizes[axis] ?? 1);
  const { quatern, qfac } = quaternionOf(keptQform?.affine);
  const place = keptQform?.affine ?? identity;
  return {
    pixdim: padded([qfac, ...space, ...rest]),
    sformCode: kept ? (sform?.code ?? 0) : aligned,
    srow: affine,
    qformCode: keptQform?.code ?? 0,
    quatern,
    qoffset: [place[0][3], place[1][3], place[2][3]],
  };
}

const identity: NiftiAffine = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];

function padded(sizes: readonly number[]): number[] {
  return Array.from({ length: 8 }, (_, i) => sizes[i] ?? 1);
}

function checkAffine(affine: NiftiAffine): void {
  listOf(numbers)(affine, "affine");
  const rows = affine.length === 4 && affine.every((row) => row.length === 4);
  const last = [0, 0, 0, 1].every((value, i) => affine[3]?.[i] === value);
  if (rows && last && affine.flat().every(Number.isFinite)) return;
  throw new InvalidArgument(
    "affine",
    JSON.stringify(affine),
    "give 4 rows of 4 finite numbers, the last of them [0, 0, 0, 1]",
  );
}

function sameAffine(a: NiftiAffine, b: NiftiAffine | undefined): boolean {
  return b !== undefined && a.every((row, i) => row.every((value, j) => value === b[i][j]));
}

/** Lengths of the affine's columns: the voxel sizes. */
function columnLengths(affine: NiftiAffine): number[] {
  return [0, 1, 2].map((axis) => Math.hypot(affine[0][axis], affine[1][axis], affine[2][axis]));
}

// A qform was made of a quaternion and voxel sizes, so its columns are at right angles.
function quaternionOf(affine: NiftiAffine | undefined): {
  quatern: [number, number, number];
  qfac: 1 | -1;
} {
  if (affine === undefined) return { quatern: [0, 0, 0], qfac: 1 };
  const sizes = columnLengths(affine);
  const qfac = determinant(affine) < 0 ? -1 : 1;
  const at = (i: number, j: number) => (affine[i][j] / sizes[j]) * (j === 2 ? qfac : 1);
  return { quatern: toQuaternion(at), qfac };
}

function determinant([a, b, c]: NiftiAffine): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}

// The greatest of the four is computed from the diagonal, so that nothing is divided by almost 0.
function toQuaternion(at: (i: number, j: number) => number): [number, number, number] {
  const squares = [
    1 + at(0, 0) + at(1, 1) + at(2, 2),
    1 + at(0, 0) - at(1, 1) - at(2, 2),
    1 - at(0, 0) + at(1, 1) - at(2, 2),
    1 - at(0, 0) - at(1, 1) + at(2, 2),
  ];
  const most = squares.indexOf(Math.max(...squares));
  const r = 2 * Math.sqrt(squares[most]);
  const sums = [at(2, 1) - at(1, 2), at(0, 2) - at(2, 0), at(1, 0) - at(0, 1)];
  const [xy, xz, yz] = [at(0, 1) + at(1, 0), at(0, 2) + at(2, 0), at(1, 2) + at(2, 1)];
  const four = [
    [r / 4, sums[0] / r, sums[1] / r, sums[2] / r],
    [sums[0] / r, r / 4, xy / r, xz / r],
    [sums[1] / r, xy / r, r / 4, yz / r],
    [sums[2] / r, xz / r, yz / r, r / 4],
  ][most];
  // q and −q are the same rotation; the header has room for the one with a ≥ 0.
  const sign = four[0] < 0 ? -1 : 1;
  return [sign * four[1], sign * four[2], sign * four[3]];
}
