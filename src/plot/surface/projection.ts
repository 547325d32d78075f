import { InvalidArgument } from "../../core/errors.ts";

/** A point of the unit box, height upwards, as the picture has it. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  /** Larger is farther away. */
  readonly depth: number;
}

/** From where a surface is looked at. */
export interface View {
  /** How far the box is turned, 5 to 85; at 5 the columns run across the picture. */
  readonly azimuthDeg: number;
  /** How far from above it is seen, 5 to 80. */
  readonly elevationDeg: number;
}

/** Lengths of the box, across columns, across rows, and in height. */
export type BoxLengths = readonly [columns: number, rows: number, height: number];

/** Parallel projection: column, row and height, each 0 to 1, to a place with y upwards. Throws `InvalidArgument`. */
export function projector(
  { azimuthDeg, elevationDeg }: View,
  [columns, rows, height]: BoxLengths,
): (column: number, row: number, z: number) => Projected {
  if (!(azimuthDeg >= 5 && azimuthDeg <= 85))
    throw new InvalidArgument("azimuthDeg", azimuthDeg, "give degrees between 5 and 85");
  if (!(elevationDeg >= 5 && elevationDeg <= 80))
    throw new InvalidArgument("elevationDeg", elevationDeg, "give degrees between 5 and 80");
  const [a, e] = [azimuthDeg, elevationDeg].map((degrees) => (degrees * Math.PI) / 180);
  return (column, row, z) => {
    const [u, v] = [column * columns, row * rows];
    const depth = u * Math.sin(a) + v * Math.cos(a);
    return {
      x: u * Math.cos(a) - v * Math.sin(a),
      y: z * height * Math.cos(e) + depth * Math.sin(e),
      depth,
    };
  };
}
