const usualMs = 120_000;

/** The end of a request that is silent for too long, or that nobody wants any more. */
export class Patience {
  readonly #controller = new AbortController();
  readonly #ms: number;
  readonly #stop: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms = usualMs, stop?: AbortSignal) {
    this.#ms = ms;
    this.#stop = stop;
    if (stop?.aborted === true) this.#stopped();
    else stop?.addEventListener("abort", this.#stopped);
    this.heard();
  }

  /** Fires when it is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came: it is waited as long again. */
  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const words = `nothing came for ${this.#ms / 1000} s`;
      this.#controller.abort(new DOMException(words, "TimeoutError"));
    }, this.#ms);
  }

  /** Nothing more is waited for. */
  close(): void {
    clearTimeout(this.#timer);
    this.#stop?.removeEventListener("abort", this.#stopped);
  }

  readonly #stopped = (): void => {
    this.close();
    this.#controller.abort(this.#stop?.reason);
  };
}
