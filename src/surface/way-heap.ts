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
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#ways[parent] <= way) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#points[at] = point;
    this.#ways[at] = way;
  }

  /** The way of the nearest point; call {@link pop} for its number. */
  get nearest(): number {
    return this.#ways[0];
  }

  pop(): number {
    const point = this.#points[0];
    const last = --this.#size;
    const [lastPoint, way] = [this.#points[last], this.#ways[last]];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#ways[child + 1] < this.#ways[child]) child++;
      if (this.#ways[child] >= way) break;
      this.#move(child, at);
      at = child;
    }
    this.#points[at] = lastPoint;
    this.#ways[at] = way;
    return point;
  }

  #move(from: number, to: number): void {
    this.#points[to] = this.#points[from];
    this.#ways[to] = this.#ways[from];
  }

  #grow(): void {
    const points = new Int32Array(2 * this.#size);
    const ways = new Float64Array(2 * this.#size);
    points.set(this.#points);
    ways.set(this.#ways);
    [this.#points, this.#ways] = [points, ways];
  }
}
