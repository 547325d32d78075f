const pauseMs = 5000;

/** Says on stderr that messages were refused, and why; a flood of them in a line every few seconds. */
export class RefusalLog {
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;

  add(channel: string, reason: string): void {
    if (this.#timer !== undefined) {
      this.#waiting += 1;
      return;
    }
    process.stderr.write(`tsrsa kernel: refused a message on ${channel}: ${reason}\n`);
    this.#timer = setTimeout(() => this.#report(), pauseMs).unref();
  }

  #report(): void {
    if (this.#waiting > 0)
      process.stderr.write(`tsrsa kernel: refused ${this.#waiting} more messages\n`);
    this.#waiting = 0;
    this.#timer = undefined;
  }
}
