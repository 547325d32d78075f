import type { BindingPattern, Node, VariableDeclaration } from "oxc-parser";

/** The names a binding pattern declares: `{ a, b: [c, ...d] }` declares a, c and d. */
export function patternNames(pattern: BindingPattern | Node | null): string[] {
  return boundIn(pattern).map(({ name }) => name);
}

/** The names a binding pattern declares, each where it stands. */
export function boundIn(pattern: BindingPattern | Node | null): BoundName[] {
  if (pattern === null) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "AssignmentPattern":
      return boundIn(pattern.left);
    case "RestElement":
      return boundIn(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => boundIn(element));
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        boundIn(property.type === "Property" ? property.value : property),
      );
    default:
      return [];
  }
}

/** A name in a declaration. */
export interface BoundName {
  readonly name: string;
  readonly start: number;
}

/** The names a declaration such as `let a = 1, { b } = c` declares. */
export function declaredNames(declaration: VariableDeclaration): string[] {
  return declaration.declarations.flatMap(({ id }) => patternNames(id));
}
