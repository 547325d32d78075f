/** Finds the nearest of some points (n × 3) by the cells of a grid that they lie in. */
export class NearestPoints {
  readonly #points: Float64Array;
  readonly #cells = new Map<number, number[]>();
  readonly #low: readonly number[];
  readonly #lengths: readonly number[];
  readonly #edge: number;

  constructor(points: Float64Array) {
    this.#points = points;
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    points.forEach((value, at) => {
      low[at % 3] = Math.min(low[at % 3], value);
      high[at % 3] = Math.max(high[at % 3], value);
    });
    const longest = Math.max(...high.map((value, axis) => value - low[axis]));
    // Points of a surface: about two in each cell that has any.
    const cells = Math.max(1, Math.floor(Math.sqrt(points.length / 3)));
    this.#edge = longest > 0 ? longest / cells : 1;
    this.#low = low;
    this.#lengths = high.map((value, axis) => Math.floor((value - low[axis]) / this.#edge) + 1);
    for (let p = 0; p < points.length / 3; p++) {
      const cell = this.#number(this.#cellOf(points, p));
      const list = this.#cells.get(cell);
      if (list === undefined) this.#cells.set(cell, [p]);
      else list.push(p);
    }
  }

  /** The nearest point to the place at `3 * at` of `places`; of equals the first. */
  of(places: ArrayLike<number>, at: number): number {
    const centre = this.#cellOf(places, at);
    let [best, least] = [-1, Infinity];
    const farthest = Math.max(...this.#lengths) + Math.max(...centre.map(Math.abs)) + 1;
    for (let ring = 0; ring <= farthest; ring++) {
      // Everything outside of the rings seen so far is at least so far away.
      if (best >= 0 && least <= ((ring - 1) * this.#edge) ** 2 && ring > 0) break;
      this.#eachInRing(centre, ring, (p) => {
        const distance = this.#squared(p, places, at);
        if (distance < least || (distance === least && p < best)) [best, least] = [p, distance];
      });
    }
    return best;
  }

  #eachInRing(centre: readonly number[], ring: number, use: (point: number) => void): void {
    const [nx, ny, nz] = this.#lengths;
    const [cx, cy, cz] = centre;
    for (let x = Math.max(0, cx - ring); x <= Math.min(nx - 1, cx + ring); x++)
      for (let y = Math.max(0, cy - ring); y <= Math.min(ny - 1, cy + ring); y++) {
        const side = Math.abs(x - cx) === ring || Math.abs(y - cy) === ring;
        const step = side || ring === 0 ? 1 : 2 * ring;
        for (let z = cz - ring; z <= cz + ring; z += step)
          if (z >= 0 && z < nz) this.#cells.get(this.#number([x, y, z]))?.forEach(use);
      }
  }

  #squared(point: number, places: ArrayLike<number>, at: number): number {
    let sum = 0;
    for (let axis = 0; axis < 3; axis++)
      sum += (this.#points[3 * point + axis] - places[3 * at + axis]) ** 2;
    return sum;
  }

  #cellOf(places: ArrayLike<number>, at: number): number[] {
    return this.#low.map((low, axis) => Math.floor((places[3 * at + axis] - low) / this.#edge));
  }

  #number([x, y, z]: readonly number[]): number {
    return (x * this.#lengths[1] + y) * this.#lengths[2] + z;
  }
}
