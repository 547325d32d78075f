/** An octahedron: right, left, front, back, top and bottom, wound counter-clockwise seen from outside. */
export const octahedron = {
  points: {
    data: Float64Array.of(30, 0, 0, -30, 0, 0, 0, 30, 0, 0, -30, 0, 0, 0, 30, 0, 0, -30),
    shape: [6, 3],
  },
  triangles: {
    data: Int32Array.of(
      ...[0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4],
      ...[2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5],
    ),
    shape: [8, 3],
  },
};
