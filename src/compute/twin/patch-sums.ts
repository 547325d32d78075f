/** As in `assembly/patches.ts`. */
const KEPT = 16;

/** Sums over the voxels of a patch, made from those of the patch before where that is less work. */
export class PatchSums {
  readonly #rows: Float64Array;
  readonly #stride: number;
  readonly #differences: boolean;
  readonly n: number;
  /** Sum of each item. */
  readonly sums: Float64Array;
  /** Sums of products (or of squared differences) of items i ≤ j, n × n. */
  readonly products: Float64Array;
  #largest: Float64Array;

  constructor(rows: Float64Array, n: number, differences: boolean) {
    this.#rows = rows;
    this.#stride = Math.ceil(n / 4) * 4;
    this.#differences = differences;
    this.n = n;
    this.sums = new Float64Array(n);
    this.products = new Float64Array(n * n);
    this.#largest = new Float64Array(n);
  }

  readonly square = (i: number): number => this.products[i * this.n + i];

  /** To the sums over `list`, from those over `before` if it is given. */
  move(before: Uint32Array | undefined, list: Uint32Array): void {
    if (before !== undefined && this.#update(before, list)) return;
    this.#makeAfresh(list, undefined);
    this.#largest = Float64Array.from({ length: this.n }, (_, i) => this.square(i));
  }

  /** Afresh, with each item's mean over the list taken off; an item that is constant in it becomes NaN, or 0. */
  centre(list: Uint32Array, toZero: boolean): void {
    const at = (v: number, i: number): number => this.#rows[v * this.#stride + i];
    const means = this.sums.map((sum, i) =>
      list.every((v) => at(v, i) === at(list[0], i))
        ? toZero
          ? at(list[0], i)
          : NaN
        : sum / list.length,
    );
    this.#makeAfresh(list, means);
  }

  /** False when sums afresh are no more work, or the rounding of what left may be seen. */
  #update(before: Uint32Array, list: Uint32Array): boolean {
    const [old, now] = [new Set(before), new Set(list)];
    if (now.size < list.length) return false;
    const came = list.filter((v) => !old.has(v));
    const went = before.filter((v) => !now.has(v));
    if (came.length + went.length >= list.length) return false;
    this.#add(came, 1, undefined);
    this.#add(went, -1, undefined);
    const good = this.#largest.every((largest, i) => this.square(i) * KEPT >= largest);
    this.#largest = this.#largest.map((largest, i) => Math.max(largest, this.square(i)));
    return good;
  }

  #makeAfresh(list: Uint32Array, shifts: Float64Array | undefined): void {
    this.sums.fill(0);
    this.products.fill(0);
    this.#add(list, 1, shifts);
  }

  #add(list: Uint32Array, sign: 1 | -1, shifts: Float64Array | undefined): void {
    const n = this.n;
    for (const voxel of list) {
      const values = this.#rows.slice(voxel * this.#stride, voxel * this.#stride + n);
      if (shifts !== undefined) for (let i = 0; i < n; i++) values[i] -= shifts[i];
      for (let i = 0; i < n; i++) {
        this.sums[i] += sign * values[i];
        for (let j = i; j < n; j++) {
          const d = values[i] - values[j];
          this.products[i * n + j] += this.#differences ? d * d : sign * (values[i] * values[j]);
        }
      }
    }
  }
}
