/**
 * Points strictly nearer than `radius`, and the point itself, ascending. Points are sorted into cubes of the size of
 * the radius, so that a point is compared with those of 27 cubes and not with all.
 *
 * @param positions x, y, z of each point.
 */
export function nearPositions(
  positions: Float64Array,
  radius: number,
): (centre: number) => Int32Array {
  const size = cubeSize(positions, radius);
  const cubes = sortIntoCubes(positions, size);
  let near = new Int32Array(256);
  return (centre) => {
    near[0] = centre;
    let n = 1;
    const middle = cubeOf(positions, centre, size);
    for (const step of steps) {
      for (const other of cubes.get(middle + step) ?? []) {
        if (other === centre || !(distance(positions, centre, other) < radius)) continue;
        if (n === near.length) near = longer(near);
        near[n++] = other;
      }
    }
    return near.slice(0, n).sort();
  };
}

/** Cubes on an axis, and room on both sides: a cube is one number, and its neighbours are so much more or less. */
const SIDE = 4096;

const steps = [-1, 0, 1].flatMap((dx) =>
  [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dz) => (dx * SIDE + dy) * SIDE + dz)),
);

/** At least the radius, and not so small that cubes could no longer be told apart by number. */
function cubeSize(positions: Float64Array, radius: number): number {
  const farthest = positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Math.max(radius, farthest / 1024, Number.MIN_VALUE * 1024);
}

function sortIntoCubes(positions: Float64Array, size: number): Map<number, number[]> {
  const cubes = new Map<number, number[]>();
  for (let point = 0; 3 * point < positions.length; point++) {
    const key = cubeOf(positions, point, size);
    const inside = cubes.get(key);
    if (inside === undefined) cubes.set(key, [point]);
    else inside.push(point);
  }
  return cubes;
}

function cubeOf(positions: Float64Array, point: number, size: number): number {
  const at = (axis: number): number => Math.floor(positions[3 * point + axis] / size) + SIDE / 2;
  return (at(0) * SIDE + at(1)) * SIDE + at(2);
}

function longer(list: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * list.length);
  twice.set(list);
  return twice;
}

function distance(positions: Float64Array, a: number, b: number): number {
  const dx = positions[3 * a] - positions[3 * b];
  const dy = positions[3 * a + 1] - positions[3 * b + 1];
  const dz = positions[3 * a + 2] - positions[3 * b + 2];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
