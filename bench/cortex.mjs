// A half of a cortex for the rows of surfaces: an icosphere of 10,242 points, as fsaverage5 has, as an ellipsoid with folds,
// so large that edges are of 3 mm, as they are there.
// Points of coarser icospheres come first, under the same numbers.

const g = (1 + Math.sqrt(5)) / 2;
const corners = [
  ...[[-1, g, 0], [1, g, 0], [-1, -g, 0], [1, -g, 0], [0, -1, g], [0, 1, g]],
  ...[[0, -1, -g], [0, 1, -g], [g, 0, -1], [g, 0, 1], [-g, 0, -1], [-g, 0, 1]],
]; // prettier-ignore
const faces = [
  ...[[0, 11, 5], [0, 5, 1], [0, 1, 7], [0, 7, 10], [0, 10, 11], [1, 5, 9], [5, 11, 4]],
  ...[[11, 10, 2], [10, 7, 6], [7, 1, 8], [3, 9, 4], [3, 4, 2], [3, 2, 6], [3, 6, 8]],
  ...[[3, 8, 9], [4, 9, 5], [2, 4, 11], [6, 2, 10], [8, 6, 7], [9, 8, 1]],
]; // prettier-ignore

const unit = (point) => point.map((x) => x / Math.hypot(...point));

function divided(points, triangles) {
  const middles = new Map();
  const middle = (a, b) => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (!middles.has(key)) {
      middles.set(key, points.length);
      points.push(unit(points[a].map((x, axis) => x + points[b][axis])));
    }
    return middles.get(key);
  };
  return triangles.flatMap(([a, b, c]) => {
    const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
    return [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]; // prettier-ignore
  });
}

/** Points in mm and triangles of a half, on the left of the head's middle or on the right. */
export function halfCortex(side, levels = 5) {
  const points = corners.map(unit);
  let triangles = faces;
  for (let level = 0; level < levels; level++) triangles = divided(points, triangles);
  const middle = side === "left" ? -62 : 62;
  const folded = points.flatMap(([x, y, z]) => {
    const fold = 1 + 0.12 * Math.sin(7 * x + 3 * y) * Math.sin(9 * y - 2 * z + 4 * x);
    return [middle + 48 * fold * x, 90 * fold * y, 64 * fold * z];
  });
  return {
    points: { data: Float64Array.from(folded), shape: [points.length, 3] },
    triangles: { data: Int32Array.from(triangles.flat()), shape: [triangles.length, 3] },
  };
}

/** Values that vary smoothly over a half. */
export function waves({ points: { data } }) {
  return Float64Array.from(
    { length: data.length / 3 },
    (_, at) => Math.sin(data[3 * at + 1] / 9) * Math.cos(data[3 * at + 2] / 7),
  );
}
