/** A place on the flattened head: x to the right, y to the front, in metres. */
export type FlatPlace = readonly [x: number, y: number];

/** A place in space, in metres. */
export type Place = readonly [x: number, y: number, z: number];

/**
 * Places on the head laid flat, as MNE-Python draws them: the distance from the middle is the angle from the top times
 * the distance from the centre of the head, by π/2; the direction stays.
 */
export function flatten(places: readonly Place[], centre: Place = [0, 0, 0]): FlatPlace[] {
  return places.map(([px, py, pz]) => {
    const [x, y, z] = [px - centre[0], py - centre[1], pz - centre[2]];
    const distance = Math.hypot(x, y, z);
    const across = Math.hypot(x, y);
    // The angle by both sides of the triangle: near the top its cosine has lost its digits.
    const radius = (distance * Math.atan2(across, z)) / (Math.PI / 2);
    const scale = across === 0 ? 0 : radius / across;
    return [x * scale + centre[0], y * scale + centre[1]];
  });
}

/** Whether a channel says where it is: neither unknown nor all 0. */
export function isPlaced(position: Place): boolean {
  return position.every(Number.isFinite) && position.some((value) => value !== 0);
}
