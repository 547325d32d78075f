/** The command was called wrongly; the process ends with code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The work failed, and what there is to say has been said; the process ends with code 1. */
export class WorkFailed extends Error {
  override readonly name = "WorkFailed";
}
