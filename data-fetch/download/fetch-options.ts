import type { OptionNames } from "../../src/core/gate/options.ts";
import type { JobOptions } from "../../src/core/job.ts";

/** How a download is made. */
export interface FetchOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /** Gives up an attempt when nothing has come for so long. Default 15 s. */
  readonly stallMs?: number;
  /** Attempts in a row that bring nothing before the address is given up. Default 5. */
  readonly attempts?: number;
  /** Wait before the second attempt; each later one waits twice as long, up to 30 s. Default 500 ms. */
  readonly retryMs?: number;
  /** The longest wait that a server may ask for (Retry-After). Default 120 s. */
  readonly longestWaitMs?: number;
}

/** Names of these options, for the check of options. */
export const fetchNames: OptionNames<FetchOptions> = {
  stallMs: true,
  attempts: true,
  retryMs: true,
  longestWaitMs: true,
  signal: true,
  onProgress: true,
};
