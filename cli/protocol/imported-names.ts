import type { Node, Program } from "oxc-parser";
import { isFile } from "../../kernel/executor/files/specifiers.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { codeTree } from "./cell-tree.ts";
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
    .flatMap(({ source }) => modulesOf(codeTree(source).program));
  return [...new Set(files)].filter(isFile);
}

/** What code imports, or exports from, as it is written there. */
export function modulesOf(node: Node): string[] {
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
      return isOurImport(node.argument) ? "*" : exportOf(node.argument, names);
    case "SequenceExpression":
      return exportOf(node.expressions[node.expressions.length - 1], names);
    case "ParenthesizedExpression":
    case "ChainExpression":
    case "TSNonNullExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
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
  return !computed && property.type === "Identifier" ? property.name : textIn(property);
}

/** A text that stands there as such. */
function textIn(node: Node): string | undefined {
  if (node.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0].value.cooked ?? undefined;
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

function enterImport(
  node: Extract<Node, { type: "ImportDeclaration" }>,
  found: Map<string, string>,
): void {
  if (!isOurs(node.source)) return;
  for (const one of node.specifiers) {
    if (one.type === "ImportNamespaceSpecifier") found.set(one.local.name, "*");
    else if (one.type === "ImportSpecifier")
      found.set(
        one.local.name,
        one.imported.type === "Identifier" ? one.imported.name : one.imported.value,
      );
  }
}

/** `const all = …`, or `const { rsa: compare } = …` of all. */
function enterVariable(id: Node, of: string | undefined, found: Map<string, string>): void {
  if (of === undefined) return;
  if (id.type === "Identifier") found.set(id.name, of);
  if (id.type !== "ObjectPattern" || of !== "*") return;
  for (const one of id.properties) {
    const taken = takenBy(one);
    if (taken !== undefined) found.set(taken.local, taken.name);
  }
}

/** The name that a part of a pattern takes, and what it is called there; undefined for what cannot be told. */
function takenBy(part: Node): { readonly local: string; readonly name: string } | undefined {
  if (part.type !== "Property" || part.value.type !== "Identifier") return undefined;
  const { key, computed, value } = part;
  const name = !computed && key.type === "Identifier" ? key.name : textIn(key);
  return name === undefined ? undefined : { local: value.name, name };
}

/** Whether all that a variable takes has a name that is followed from here. */
export function isFollowed(id: Node, of: string): boolean {
  if (id.type === "Identifier") return true;
  return (
    of === "*" &&
    id.type === "ObjectPattern" &&
    id.properties.every((one) => takenBy(one) !== undefined)
  );
}

/** `import("tsrsa")`, which is a promise of all of it. */
export function isOurImport(node: Node): boolean {
  return node.type === "ImportExpression" && isOurs(node.source);
}

/** Whether a text names this package, or a part of it. */
export function isOurs(source: Node): boolean {
  return /^tsrsa(\/|$)/.test(textIn(source) ?? "");
}
