import { TsrsaError } from "../core/errors.ts";

/** A thread of the pool failed in the middle of a job. The pool starts a new one for the next job. */
export class WorkerFailed extends TsrsaError {
  readonly code = "WORKER_FAILED";
  constructor(
    readonly kernel: string,
    cause: Error,
  ) {
    super(
      `a worker thread failed while it computed ${kernel} (${cause.message}); start the job again, or with jobs: 1 to stay on one thread`,
    );
    this.cause = cause;
  }
}

/** The memory that a computation needs is more than can be had. */
export class OutOfMemory extends TsrsaError {
  readonly code = "OUT_OF_MEMORY";
  constructor(
    readonly neededBytes: number,
    readonly availableBytes: number,
  ) {
    super(
      `the computation needs ${megabytes(neededBytes)} MB of working memory; ${availableBytes === 0 ? "this machine has no such piece of it" : `the compute kernels can have at most ${megabytes(availableBytes)} MB`}; ` +
        "use fewer items or features at a time (an RDM takes about 8 · n² bytes: some 20,000 items)",
    );
  }
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
