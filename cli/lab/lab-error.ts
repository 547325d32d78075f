/** A request that cannot be done, with the status that says so. */
export class LabError extends Error {
  override readonly name = "LabError";
  constructor(
    readonly status: 400 | 403 | 404 | 405 | 409 | 412 | 413 | 422,
    message: string,
    /** What else the page should know. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
