/** Why a value cannot be kept. */
export class Unkept extends Error {
  override readonly name = "Unkept";
  /** The way to the part that cannot be kept, as `.layers[0]`; empty for the value itself. */
  readonly path: string;
  /** What that part is. */
  readonly what: string;

  constructor(what: string, path = "") {
    super(what);
    this.what = what;
    this.path = path;
  }
}
