import type { Node, Program } from "oxc-parser";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { parseTypeScript } from "../../kernel/platform/node/compile.ts";
import { childrenOf } from "./written-values.ts";

/** What a name of a cell stands for in tsrsa: the name of an export, or `*` for all of it. */
export type ImportedNames = ReadonlyMap<string, string>;

/**
 * Names of tsrsa by the names that the cells give them: imported at the top or with `await import`, taken out of all of
 * it, and given to another variable.
 */
export function importedNames(programs: readonly Program[]): ImportedNames {
  const found = new Map<string, string>();
  for (const program of programs) enterNames(program, found);
  return found;
}

function enterNames(node: Node, found: Map<string, string>): void {
  if (node.type === "ImportDeclaration") enterImport(node, found);
  if (node.type === "VariableDeclarator" && node.init !== null)
    enterVariable(node.id, exportOf(node.init, found), found);
  for (const child of childrenOf(node)) enterNames(child, found);
}

/** Files of one's own that code cells import, each once. */
export function ownFiles(cells: readonly NotebookCell[]): string[] {
  const files = cells
    .filter(({ kind }) => kind === "code")
    .flatMap(({ source }) => modulesOf(parseTypeScript(source).program));
  return [...new Set(files)].filter((module) => /^(\.|\/|file:)/.test(module));
}

function modulesOf(node: Node): string[] {
  const own =
    "source" in node && node.source !== null && typeof node.source === "object"
      ? [node.source]
      : [];
  const names = own.flatMap((source) =>
    source.type === "Literal" && typeof source.value === "string" ? [source.value] : [],
  );
  return [...names, ...childrenOf(node).flatMap(modulesOf)];
}

/** The export of tsrsa that an expression stands for, `*` for all of it; undefined for anything else. */
export function exportOf(node: Node, names: ImportedNames): string | undefined {
  switch (node.type) {
    case "Identifier":
      return names.get(node.name);
    case "AwaitExpression":
      return isDynamicImport(node.argument) ? "*" : undefined;
    case "ParenthesizedExpression":
    case "ChainExpression":
    case "TSNonNullExpression":
      return exportOf(node.expression, names);
    case "MemberExpression":
      return exportOf(node.object, names) === "*" ? propertyOf(node) : undefined;
    default:
      return undefined;
  }
}

/** The name of a member, where it is written. */
export function propertyOf(node: Extract<Node, { type: "MemberExpression" }>): string | undefined {
  const { property, computed } = node;
  if (!computed && property.type === "Identifier") return property.name;
  return property.type === "Literal" && typeof property.value === "string"
    ? property.value
    : undefined;
}

function enterImport(
  node: Extract<Node, { type: "ImportDeclaration" }>,
  found: Map<string, string>,
): void {
  if (!isOurs(node.source.value)) return;
  for (const one of node.specifiers) {
    if (one.type === "ImportNamespaceSpecifier") found.set(one.local.name, "*");
    else if (one.type === "ImportSpecifier" && one.imported.type === "Identifier")
      found.set(one.local.name, one.imported.name);
  }
}

/** `const all = …`, or `const { rsa: compare } = …` of all. */
function enterVariable(id: Node, of: string | undefined, found: Map<string, string>): void {
  if (of === undefined) return;
  if (id.type === "Identifier") found.set(id.name, of);
  if (id.type !== "ObjectPattern" || of !== "*") return;
  for (const one of id.properties) {
    if (one.type !== "Property" || one.key.type !== "Identifier") continue;
    if (one.value.type === "Identifier") found.set(one.value.name, one.key.name);
  }
}

function isDynamicImport(node: Node): boolean {
  return (
    node.type === "ImportExpression" &&
    node.source.type === "Literal" &&
    typeof node.source.value === "string" &&
    isOurs(node.source.value)
  );
}

function isOurs(module: string): boolean {
  return /^tsrsa(\/|$)/.test(module);
}
