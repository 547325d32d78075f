import type { ImportDeclaration } from "oxc-parser";
import type { Edits } from "./edits.ts";

/** The names an import binds in the cell. */
export function importedNames(declaration: ImportDeclaration): string[] {
  return declaration.specifiers.map(({ local }) => local.name);
}

/**
 * Rewrites `import a, { b as c } from "m"` to assignments from a dynamic `import("m")`. The call stays
 * in the cell's own code, so that Node resolves the name from the notebook's folder.
 */
export function rewriteImport(edits: Edits, node: ImportDeclaration): void {
  edits.replace(node.start, node.end, assignments(edits.source, node));
}

function assignments(source: string, node: ImportDeclaration): string {
  const name = source.slice(node.source.start, node.source.end);
  const call = isTslab(node.source) ? tslabCall : `import(${name}${attributes(source, node)})`;
  const members = node.specifiers.flatMap((specifier) => {
    if (specifier.type === "ImportNamespaceSpecifier") return [];
    return [[exportedName(specifier), specifier.local.name]];
  });
  const keys = JSON.stringify(members.map(([key]) => key));
  const pattern = members.map(([key, local]) => `${JSON.stringify(key)}: ${local}`).join(", ");
  const namespace = node.specifiers.find(({ type }) => type === "ImportNamespaceSpecifier");
  const load = `await __k.w(__k.m(${call}, ${name}, ${keys}), ${node.start})`;
  const whole = namespace === undefined ? "" : `${namespace.local.name} = (${load}).namespace; `;
  return `${whole}({ ${pattern} } = (${load}).members);`;
}

/** The kernel has display functions of that name itself. */
export const tslabCall = "__k.tslab()";

export function isTslab({ type, value }: { type: string; value?: unknown }): boolean {
  return type === "Literal" && value === "tslab";
}

function exportedName(specifier: ImportDeclaration["specifiers"][number]): string {
  if (specifier.type !== "ImportSpecifier") return "default";
  return specifier.imported.type === "Literal" ? specifier.imported.value : specifier.imported.name;
}

function attributes(source: string, node: ImportDeclaration): string {
  if (node.attributes.length === 0) return "";
  const list = node.attributes.map(({ start, end }) => source.slice(start, end)).join(", ");
  return `, { with: { ${list} } }`;
}
