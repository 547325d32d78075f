/**
 * The last numbers that were added, at least `least` of them, in memory that does not grow: two tables
 * of which one is filled, and the other holds those before. The numbers are spread evenly, as digests are.
 */
export class Remembered {
  readonly #least: number;
  readonly #slots: number;
  #filling: BigUint64Array;
  #before: BigUint64Array;
  #count = 0;

  constructor(least: number) {
    this.#least = least;
    this.#slots = 2 * least;
    this.#filling = new BigUint64Array(this.#slots);
    this.#before = new BigUint64Array(this.#slots);
  }

  /** Adds a number; false when it is there already. */
  add(number: bigint): boolean {
    // An empty slot is 0.
    const value = number === 0n ? 1n : number;
    if (this.#before[this.#slotOf(this.#before, value)] === value) return false;
    const slot = this.#slotOf(this.#filling, value);
    if (this.#filling[slot] === value) return false;
    this.#filling[slot] = value;
    this.#count += 1;
    if (this.#count === this.#least) this.#turn();
    return true;
  }

  #turn(): void {
    [this.#filling, this.#before] = [this.#before.fill(0n), this.#filling];
    this.#count = 0;
  }

  /** Where a value is, or would be. */
  #slotOf(table: BigUint64Array, value: bigint): number {
    let slot = Number(value % BigInt(this.#slots));
    while (table[slot] !== 0n && table[slot] !== value) slot = (slot + 1) % this.#slots;
    return slot;
  }
}
