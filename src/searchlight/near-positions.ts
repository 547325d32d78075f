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
  return (centre) => {
    const near = [centre];
    const [x, y, z] = cubeOf(positions, centre, size);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dz = -1; dz <= 1; dz++) {
          for (const other of cubes.get(`${x + dx} ${y + dy} ${z + dz}`) ?? []) {
            if (other !== centre && distance(positions, centre, other) < radius) near.push(other);
          }
        }
      }
    }
    return Int32Array.from(near).sort();
  };
}

/** At least the radius, and not so small that cubes could no longer be told apart by number. */
function cubeSize(positions: Float64Array, radius: number): number {
  const farthest = positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Math.max(radius, farthest / 1024, Number.MIN_VALUE * 1024);
}

function sortIntoCubes(positions: Float64Array, size: number): Map<string, number[]> {
  const cubes = new Map<string, number[]>();
  for (let point = 0; 3 * point < positions.length; point++) {
    const key = cubeOf(positions, point, size).join(" ");
    const inside = cubes.get(key);
    if (inside === undefined) cubes.set(key, [point]);
    else inside.push(point);
  }
  return cubes;
}

function cubeOf(positions: Float64Array, point: number, size: number): [number, number, number] {
  const at = (axis: number): number => Math.floor(positions[3 * point + axis] / size);
  return [at(0), at(1), at(2)];
}

function distance(positions: Float64Array, a: number, b: number): number {
  const dx = positions[3 * a] - positions[3 * b];
  const dy = positions[3 * a + 1] - positions[3 * b + 1];
  const dz = positions[3 * a + 2] - positions[3 * b + 2];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
