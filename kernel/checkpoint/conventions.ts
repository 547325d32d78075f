import { types } from "node:util";
import { isDataFrame } from "../display/data-frame.ts";
import { saveOf } from "./nodes.ts";
import { Unkept } from "./unkept.ts";

/** What a value is made of, and who makes it anew: an export of a package. */
export interface SavedForm {
  readonly module: string;
  readonly name: string;
  readonly data: unknown;
}

/** What a value that follows the convention says of itself; undefined for all others. */
export function savedForm(value: object): SavedForm | undefined {
  if (types.isProxy(value)) return undefined;
  const save = (value as Record<symbol, unknown>)[saveOf];
  if (typeof save === "function") return checked((save as () => unknown).call(value));
  // Its other fields are computed, and asked of frames alone.
  return Object.hasOwn(value, "$data") && isDataFrame(value) ? danfojsForm(value) : undefined;
}

function checked(form: unknown): SavedForm {
  const { module, name, data } = (form ?? {}) as Record<string, unknown>;
  if (typeof module === "string" && typeof name === "string") return { module, name, data };
  throw new Unkept("a value whose Symbol.for('Jupyter.save') gives no { module, name, data }");
}

/** danfojs knows nothing of kernels, so that the kernel knows its frames. */
function danfojsForm(frame: object): SavedForm {
  const { columns, values, dtypes, index } = frame as Record<string, unknown>;
  const isSeries = (frame as { $isSeries?: unknown }).$isSeries === true;
  return {
    module: "danfojs",
    name: isSeries ? "Series" : "DataFrame",
    // A Series takes no types: it reads them from its values.
    data: { values, columns, index, ...(isSeries ? {} : { dtypes }) },
  };
}
