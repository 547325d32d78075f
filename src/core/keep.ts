/**
 * Conventions by which a value is completed and kept by a notebook's kernel, beside `Symbol.for("Jupyter.display")`.
 * No kernel has to know this library for it, and in a plain script they cost nothing.
 */

/** A value with this method says which names it knows: columns, items. */
export const jupyterKeys: unique symbol = Symbol.for("Jupyter.keys") as never;

/** A value with this method says what it is made of, and which export of which package makes it anew. */
export const jupyterSave: unique symbol = Symbol.for("Jupyter.save") as never;

/** An export with this method makes a value anew from what it is made of. */
export const jupyterRestore: unique symbol = Symbol.for("Jupyter.restore") as never;

/** What a value is made of: `name` is an export of this package with `jupyterRestore`. */
export interface SavedForm {
  readonly module: "tsrsa";
  readonly name: string;
  readonly data: unknown;
}

/** A value that a kernel can keep in a file and bring back. */
export interface Keepable {
  [jupyterKeys](): readonly string[];
  [jupyterSave](): SavedForm;
}
