import { fileURLToPath } from "node:url";

import { checkedPath } from "../../../gate/path.ts";

/** A path or a `file:` address as a path. Throws `InvalidArgument` for what is neither. */
export function toPath(path: string | URL): string {
  const given = checkedPath(path);
  if (given instanceof URL || given.startsWith("file:")) return fileURLToPath(given);
  return given;
}
