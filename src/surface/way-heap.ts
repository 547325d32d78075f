/** Points still to be left, the nearest first: a binary heap over two flat arrays that grow. */
export class WayHeap {
  #points = new Int32Array(64);
  #ways = new Float64Array(64);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(point: number, way: number): void {
    if (this.#size === this.#points.length) this.#grow();
    const [points, ways] = [this.#points, this.#ways];
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (ways[parent] <= way) break;
      points[at] = points[parent];
      ways[at] = ways[parent];
      at = parent;
    }
    points[at] = point;
    ways[at] = way;
  }

  /** The way of the nearest point; call {@link pop} for its number. */
  get nearest(): number {
    return this.#ways[0];
  }

  pop(): number {
    const [points, ways] = [this.#points, this.#ways];
    const nearest = points[0];
    const last = --this.#size;
    const [moved, way] = [points[last], ways[last]];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && ways[child + 1] < ways[child]) child++;
      if (ways[child] >= way) break;
      points[at] = points[child];
      ways[at] = ways[child];
      at = child;
    }
    points[at] = moved;
    ways[at] = way;
    return nearest;
  }

  #grow(): void {
    const points = new Int32Array(2 * this.#size);
    const ways = new Float64Array(2 * this.#size);
    points.set(this.#points);
    ways.set(this.#ways);
    [this.#points, this.#ways] = [points, ways];
  }
}
