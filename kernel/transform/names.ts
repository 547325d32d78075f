import type { BindingPattern, Node, VariableDeclaration } from "oxc-parser";
import { isOwnScope, walk } from "./walk.ts";

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

/** The names that the statements of a block declare for that block. */
export function lexicalNames(statements: readonly (Node | null)[]): string[] {
  return statements.flatMap((node) => {
    if (node === null) return [];
    if (node.type === "VariableDeclaration") return node.kind === "var" ? [] : declaredNames(node);
    const isNamed = node.type === "ClassDeclaration" || node.type === "FunctionDeclaration";
    return isNamed && node.id !== null ? [node.id.name] : [];
  });
}

/** The names that a function's body declares: those of its block, and each `var` within. */
export function bodyNames(body: Node, statements: readonly Node[]): string[] {
  const vars: string[] = [];
  walk(body, (node) => {
    if (node !== body && isOwnScope(node)) return false;
    if (node.type === "VariableDeclaration" && node.kind === "var")
      vars.push(...declaredNames(node));
    return true;
  });
  return [...lexicalNames(statements), ...vars];
}
