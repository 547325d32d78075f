import { thing } from "../src/core/gate/kinds.ts";
import type { DataSet } from "./data-set.ts";

const isSet = thing("a data set, as findDataSet gives it", "name", "files", "expects");

/** Throws `InvalidArgument` for what is no data set. */
export function checkSet(set: DataSet): void {
  isSet(set, "set");
}
