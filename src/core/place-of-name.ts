import { InvalidArgument, UnknownOption } from "./errors.ts";

/** Where a name stands; the only one need not be named. Throws `InvalidArgument`, `UnknownOption`. */
export function placeOfName(
  kind: string,
  name: string | undefined,
  names: readonly string[],
): number {
  if (name === undefined && names.length === 1) return 0;
  if (name === undefined)
    throw new InvalidArgument(kind, "none", `say which of ${names.slice(0, 5).join(", ")}`);
  const at = names.indexOf(name);
  if (at >= 0) return at;
  throw new UnknownOption(kind, name, names);
}
