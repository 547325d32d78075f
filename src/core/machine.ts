/** What numbers may depend on, and where they were made. */
export interface Machine {
  readonly node: string;
  readonly v8: string;
  /** Of the processor: `x64`, `arm64`. */
  readonly arch: string;
  readonly cpu: string;
  readonly host: string;
  readonly cores: number;
}

/** How another program ended. */
export interface Ended {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly out: string;
  /** The end of what it said of errors. */
  readonly errors: string;
}

/** A program that runs. */
export interface Running {
  readonly ended: Promise<Ended>;
  stop(): void;
}
