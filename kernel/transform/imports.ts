import type { ExportAllDeclaration, ExportNamedDeclaration, ImportDeclaration } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { kernelName } from "./marks.ts";

/** A statement that loads a module: an import, or an export of what another module has. */
export type LoadingStatement = ImportDeclaration | ExportAllDeclaration | ExportNamedDeclaration;

/** A name of the cell, and the export of the module that it gets; undefined for the module itself. */
interface Member {
  readonly key: string | undefined;
  readonly local: string;
}

/** The names a statement that loads a module binds in the cell: `export { a } from` is an import of `a` too. */
export function importedNames(node: LoadingStatement): string[] {
  return membersOf(node).map(({ local }) => local);
}

/**
 * Rewrites `import a, { b as c } from "m"` to assignments from `__k.m("m", …)`, which imports the module and hands out
 * what it exports by these names.
 */
export function rewriteImport(
  edits: Edits,
  node: LoadingStatement,
  binding: (name: string) => string,
): void {
  const members = membersOf(node);
  const named = members.filter(({ key }) => key !== undefined);
  const keys = JSON.stringify(named.map(({ key }) => key));
  const name = JSON.stringify(node.source?.value);
  const options = attributes(edits.source, node);
  const call = `${kernelName}.m(${name}, ${keys}, ${options}${namesFor(node, members)})`;
  const pattern = named.map(({ key, local }) => `${JSON.stringify(key)}: ${binding(local)}`);
  const whole = members
    .filter(({ key }) => key === undefined)
    .map(({ local }) => `${binding(local)} = loaded.namespace; `);
  edits.replace(
    node.start,
    node.end,
    `{ const loaded = await ${kernelName}.w(${call}, ${node.start}); ${whole.join("")}({ ${pattern.join(", ")} } = loaded.members); }`,
  );
}

function membersOf(node: LoadingStatement): Member[] {
  if (node.type === "ExportAllDeclaration")
    return node.exported?.type === "Identifier"
      ? [{ key: undefined, local: node.exported.name }]
      : [];
  if (node.type === "ExportNamedDeclaration")
    return node.specifiers.flatMap(({ local, exported }) =>
      exported.type === "Identifier" && exported.name !== "default"
        ? [{ key: nameOf(local), local: exported.name }]
        : [],
    );
  return node.specifiers.map((specifier) => {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") return { key: undefined, local };
    if (specifier.type === "ImportDefaultSpecifier") return { key: "default", local };
    return { key: nameOf(specifier.imported), local };
  });
}

/** The name of an export, which may be written as a text. */
function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.type === "Literal" ? String(node.value) : (node.name ?? "");
}

function attributes(source: string, node: LoadingStatement): string {
  if (node.attributes.length === 0) return "undefined";
  const list = node.attributes.map(({ start, end }) => source.slice(start, end)).join(", ");
  return `{ with: { ${list} } }`;
}

/** What of a file each name of the cell is, so that `%autoreload` can bring it again; packages stay as they are. */
function namesFor(node: LoadingStatement, members: readonly Member[]): string {
  if (!/^(?:\.{0,2}\/|file:)/.test(node.source?.value ?? "") || members.length === 0) return "";
  return `, ${JSON.stringify(members.map(({ key, local }) => [local, key ?? null]))}`;
}
