import type { BindingPattern, Node, VariableDeclaration } from "oxc-parser";

/** The names a binding pattern declares: `{ a, b: [c, ...d] }` declares a, c and d. */
export function patternNames(pattern: BindingPattern | Node | null): string[] {
  if (pattern === null) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "RestElement":
      return patternNames(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => patternNames(element));
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "Property" ? property.value : property),
      );
    default:
      return [];
  }
}

/** The names a declaration such as `let a = 1, { b } = c` declares. */
export function declaredNames(declaration: VariableDeclaration): string[] {
  return declaration.declarations.flatMap(({ id }) => patternNames(id));
}
