/** A hexagon of a honeycomb, and how many points lie in it. */
export interface Hexagon {
  readonly x: number;
  readonly y: number;
  readonly count: number;
}

/** Points counted in the cells of a honeycomb whose middles are `pitch` apart; empty cells are left out. */
export function hexagons(
  points: readonly (readonly [x: number, y: number])[],
  pitch: number,
): Hexagon[] {
  const row = (pitch * Math.sqrt(3)) / 2;
  const cells = new Map<string, { x: number; y: number; count: number }>();
  for (const [x, y] of points) {
    const middle = nearestMiddle(x, y, pitch, row);
    const key = `${middle.i} ${middle.j}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { x: middle.x, y: middle.y, count: 1 });
    else cell.count++;
  }
  return [...cells.values()];
}

/** Every second row is moved by half; the nearest middle is in one of the two rows around. */
function nearestMiddle(x: number, y: number, pitch: number, row: number) {
  const rows = [Math.floor(y / row), Math.floor(y / row) + 1];
  const middles = rows.map((j) => {
    const shift = j % 2 === 0 ? 0 : 0.5;
    const i = Math.round(x / pitch - shift);
    return { i, j, x: (i + shift) * pitch, y: j * row };
  });
  const distance = (one: (typeof middles)[number]) => (one.x - x) ** 2 + (one.y - y) ** 2;
  return distance(middles[0]) <= distance(middles[1]) ? middles[0] : middles[1];
}

/** Corners of a hexagon that fills the honeycomb. */
export function corners({ x, y }: Hexagon, pitch: number): (readonly [number, number])[] {
  const radius = pitch / Math.sqrt(3);
  return Array.from({ length: 6 }, (_, k) => {
    const turn = Math.PI / 6 + (k * Math.PI) / 3;
    return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)] as const;
  });
}
