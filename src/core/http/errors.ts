import { TsrsaError } from "../errors.ts";

/** A file on a server that is not the same any more: parts of two files must not be put together. */
export class FileChanged extends TsrsaError {
  readonly code = "FILE_CHANGED";
  constructor(
    readonly address: string,
    readonly what: string,
    readonly before: string,
    readonly now: string,
  ) {
    super(
      `${address}: its ${what} was ${before} and is ${now} now: the file was changed while it was read; begin again`,
    );
  }
}

/** A server that does not give what it should, or nothing at all. */
export class ServerFailed extends TsrsaError {
  readonly code = "SERVER_FAILED";
  constructor(
    readonly address: string,
    readonly found: string,
    options?: ErrorOptions,
  ) {
    super(`${address}: ${found}; look at the address and the network, and try again`);
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}
