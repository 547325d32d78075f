import { TsrsaError } from "../../src/core/errors.ts";

/** The file could not be downloaded: no connection, the server refused, or this machine cannot keep it. */
export class DownloadFailed extends TsrsaError {
  readonly code = "DOWNLOAD_FAILED";
  constructor(
    readonly url: string,
    readonly reason: string,
    options?: ErrorOptions & { advice?: string },
  ) {
    super(
      `could not download ${url}: ${reason}; ${options?.advice ?? "check the connection, or download it by hand and pass its folder"}`,
    );
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** What went wrong in one attempt, and whether another may go better. */
export class AttemptFailed extends Error {
  constructor(
    message: string,
    readonly again: boolean,
    /** How long the server asked us to wait. */
    readonly waitMs?: number,
    options?: ErrorOptions & { advice?: string },
  ) {
    super(message, options);
    this.advice = options?.advice;
  }
  readonly advice: string | undefined;
}

/** The sentence of an error and of what caused it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return (error.message === "" ? error.name : error.message) + cause;
}
