import { InvalidArgument } from "../../core/errors.ts";

/**
 * An option that a method does not use would be ignored without a word. Throws `InvalidArgument`, which names the methods
 * that use it.
 */
export function refuseUnusedBy<Options extends object>(
  method: string,
  options: Options,
  users: Readonly<Partial<Record<keyof Options & string, readonly string[]>>>,
): void {
  for (const [name, methods] of Object.entries(users) as [keyof Options & string, string[]][]) {
    if (options[name] === undefined || options[name] === false || methods.includes(method))
      continue;
    throw new InvalidArgument(
      name,
      `given with ${method}`,
      `only ${methods.join(" and ")} ${methods.length > 1 ? "use" : "uses"} it; take such a method, or leave ${name} out`,
    );
  }
}
