import { FileFormatError } from "../../core/errors.ts";
import { isObject } from "./json.ts";

/** The key of the file of a chunk, below that of its array. */
export type KeyOf = (coords: readonly number[]) => string;

/** How a description names the files of chunks. Throws `FileFormatError` for another way than the two there are. */
export function keyMaker(encoding: unknown, file: string): KeyOf {
  const { name, configuration } = isObject(encoding) ? encoding : { name: encoding };
  const given = isObject(configuration) ? configuration.separator : undefined;
  const separator = given ?? (name === "v2" ? "." : "/");
  if ((name !== "default" && name !== "v2") || (separator !== "." && separator !== "/"))
    throw new FileFormatError(
      file,
      "chunk_key_encoding",
      "default or v2, with . or / between",
      JSON.stringify(encoding) ?? "nothing",
    );
  return name === "default"
    ? (coords) => ["c", ...coords].join(separator)
    : (coords) => coords.join(separator) || "0";
}
