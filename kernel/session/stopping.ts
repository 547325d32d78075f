/** A cell as a Stop sees it: it reaches one that has started only, and one that comes before is kept for it. */
export interface Stoppable {
  state: "waiting" | "sent" | "started";
  interruptWhenStarted?: boolean;
}

interface StoppingParts {
  /** Tells the guard to stop what runs. */
  readonly send: () => void;
  readonly warn: (leftMs: number) => void;
  readonly kill: () => void;
}

/** At most one Stop at a time, and the end of the process when it takes too long: native code can end no other way. */
export class Stopping {
  readonly #parts: StoppingParts;
  #isUnderWay = false;
  #killed = false;
  #killTimer: NodeJS.Timeout | undefined;
  #warnTimer: NodeJS.Timeout | undefined;

  constructor(parts: StoppingParts) {
    this.#parts = parts;
  }

  /** A Stop has been sent and is not over; a cell that began meanwhile would be ended by it. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** What ran would not stop. */
  get killed(): boolean {
    return this.#killed;
  }

  interrupt(running: Stoppable | undefined, killAfterMs: number): void {
    this.#killTimer ??= setTimeout(() => this.#kill(), killAfterMs);
    this.#warnTimer ??= setTimeout(() => this.#parts.warn(0.6 * killAfterMs), 0.4 * killAfterMs);
    if (running !== undefined && running.state !== "started") running.interruptWhenStarted = true;
    // Pressed again while one is on its way: it is the same Stop, and must not reach what comes after.
    else if (!this.#isUnderWay) this.#send();
  }

  /** A cell has started, and so a Stop that waited for it can reach it. */
  started(running: Stoppable): void {
    if (running.interruptWhenStarted === true) this.#send();
  }

  /** The guard has answered. */
  isOver(running: Stoppable | undefined): void {
    this.#isUnderWay = false;
    if (running?.state !== "started") this.clear();
  }

  /** Lets the process live. */
  clear(): void {
    clearTimeout(this.#killTimer);
    clearTimeout(this.#warnTimer);
    this.#killTimer = undefined;
    this.#warnTimer = undefined;
  }

  #send(): void {
    this.#isUnderWay = true;
    this.#parts.send();
  }

  #kill(): void {
    this.#killed = true;
    this.#parts.kill();
  }
}
