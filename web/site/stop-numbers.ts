/** The newest Stop of each kernel: its own worker tells it, and a busy cell asks. */
export class StopNumbers {
  readonly #newest = new Map<string, number>();

  /** The answer to `?id=KERNEL`, and to `?id=KERNEL&number=N`, which tells; an older one that comes late changes nothing. */
  answer(query: URLSearchParams): string {
    const id = query.get("id") ?? "";
    const known = this.#newest.get(id) ?? 0;
    const told = Number(query.get("number") ?? 0);
    if (told > known) this.#newest.set(id, told);
    return String(Math.max(known, told));
  }
}
