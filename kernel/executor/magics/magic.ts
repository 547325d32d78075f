/** A line such as `%env A=1` at the top of a cell, as it was written. */
export interface MagicCall {
  readonly name: string;
  /** What follows the name on its line. */
  readonly text: string;
  /** Runs what stands below, and returns what its script returns; may be called again. */
  readonly body: () => Promise<unknown>;
  /** Folder of the notebook. */
  readonly folder: string;
  readonly print: (text: string) => void;
}

/** A command of the kernel: one file in this folder, and its name in the list of `all.ts`. */
export interface Magic {
  readonly name: string;
  /** One line for `%lsmagic`. */
  readonly summary: string;
  /** Does its work around the body of the cell; what it returns is what the cell returns. */
  run(call: MagicCall): Promise<unknown>;
}
