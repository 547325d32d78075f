import { fileURLToPath } from "node:url";

/** A path or a `file:` address as a path. */
export function toPath(path: string | URL): string {
  if (path instanceof URL || path.startsWith("file:")) return fileURLToPath(path);
  return path;
}
