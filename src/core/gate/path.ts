import { InvalidArgument } from "../errors.ts";

/** A path or an address, which is text or a URL. Throws `InvalidArgument` for what no file can be called. */
export function checkedPath(value: unknown, argument = "path"): string | URL {
  if (value instanceof URL) return value;
  if (typeof value !== "string")
    throw new InvalidArgument(argument, value, "give the path of a file as text, or a URL");
  if (!value.includes("\0")) return value;
  throw new InvalidArgument(argument, value, "no file has a NUL in its name");
}

/** The path of a folder, which is text that says something. Throws `InvalidArgument`. */
export function checkedFolder(value: unknown, argument = "folder"): string {
  const path = checkedPath(value, argument);
  if (typeof path === "string" && path !== "") return path;
  throw new InvalidArgument(argument, value, "give the path of a folder as text");
}
