import type { Class, Node, Program, Statement, VariableDeclaration } from "oxc-parser";
import { rewriteAwaits } from "./awaits.ts";
import { Edits } from "./edits.ts";
import { importedNames, rewriteImport } from "./imports.ts";
import { isTopLoop, useLocals } from "./loops.ts";
import { declaredNames } from "./names.ts";
import { isOwnScope, walk } from "./walk.ts";

interface Region {
  readonly start: number;
  readonly end: number;
}

/** What the rewriting of one cell gathers. */
export interface Draft {
  readonly edits: Edits;
  readonly names: Set<string>;
  readonly imports: Region[];
  readonly functions: Region[];
}

/** Turns the top-level names of a cell into globals, and its last expression into its value. */
export function rewrite(program: Program, code: string): Draft {
  const draft: Draft = { edits: new Edits(code), names: new Set(), imports: [], functions: [] };
  const statements = topLevel(program.body);
  rewriteAwaits(draft.edits, program);
  hoistNestedVars(draft, program, statements);
  statements.forEach((statement) => rewriteStatement(draft, statement));
  program.body.filter(isTopLoop).forEach((loop) => useLocals(draft.edits, loop));
  returnLast(draft.edits, statements.filter((node) => !isEmptyExport(node)).at(-1));
  return draft;
}

/** The statements of the cell; a cell with `using` was lowered to one big `try`. */
function topLevel(body: readonly Node[]): Node[] {
  return body.flatMap((node) =>
    node.type === "TryStatement" && declaresUsing(node.block.body[0])
      ? [...node.block.body.slice(1)]
      : [node],
  );
}

function declaresUsing(node: Statement | undefined): boolean {
  return (
    node?.type === "VariableDeclaration" &&
    declaredNames(node).every((name) => name.startsWith("_usingCtx"))
  );
}

/** The `export {}` that stays of an erased import or export. */
function isEmptyExport(node: Node): boolean {
  return node.type === "ExportNamedDeclaration" && node.declaration === null;
}

function rewriteStatement(draft: Draft, node: Node): void {
  switch (node.type) {
    case "ImportDeclaration":
      importedNames(node).forEach((name) => draft.names.add(name));
      rewriteImport(draft.edits, node);
      draft.imports.push(draft.edits.take(node.start, node.end));
      return;
    case "VariableDeclaration":
      return rewriteVariables(draft, node);
    case "FunctionDeclaration":
      if (node.id !== null) draft.names.add(node.id.name);
      draft.functions.push(draft.edits.take(node.start, node.end));
      return;
    case "ClassDeclaration":
      return rewriteClass(draft, node);
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
    case "ExportAllDeclaration":
      return rewriteExport(draft, node);
  }
}

function rewriteVariables({ edits, names }: Draft, node: VariableDeclaration): void {
  declaredNames(node).forEach((name) => names.add(name));
  const { declarations } = node;
  edits.replace(node.start, declarations[0].start, "");
  for (const { start, end, init } of declarations) {
    edits.open(start, "(");
    // A `let` without a value starts anew each time the cell runs.
    edits.close(end, init === null && node.kind === "let" ? " = void 0)" : ")");
  }
}

function rewriteClass({ edits, names }: Draft, node: Class): void {
  if (node.id === null) return;
  names.add(node.id.name);
  edits.open(node.start, `${node.id.name} = `);
  edits.close(node.end, ";");
}

/** A cell has no exports: the keyword is dropped and the declaration stays. */
function rewriteExport(
  draft: Draft,
  node: Node & {
    type: "ExportNamedDeclaration" | "ExportDefaultDeclaration" | "ExportAllDeclaration";
  },
): void {
  const inner = node.type === "ExportAllDeclaration" ? null : node.declaration;
  if (inner === null) return draft.edits.replace(node.start, node.end, "");
  draft.edits.replace(node.start, inner.start, "");
  rewriteStatement(draft, inner);
}

/** `var` in a nested block belongs to the cell, hence to the notebook. */
function hoistNestedVars(draft: Draft, program: Program, top: readonly Node[]): void {
  const handled = new Set<Node>(
    top.flatMap((node) =>
      node.type === "ExportNamedDeclaration" && node.declaration !== null
        ? [node.declaration]
        : [node],
    ),
  );
  const declaration = (node: Node): VariableDeclaration | undefined =>
    node.type === "VariableDeclaration" && node.kind === "var" && !handled.has(node)
      ? node
      : undefined;
  walk(program, (node) => {
    if (isOwnScope(node)) return false;
    if (node.type === "ForInStatement" || node.type === "ForOfStatement") {
      const left = declaration(node.left);
      if (left !== undefined) dropKeyword(draft, left);
      if (left !== undefined) handled.add(left);
    }
    const nested = declaration(node);
    if (nested !== undefined && !declaresUsing(nested)) rewriteVariables(draft, nested);
  });
}

function dropKeyword({ edits, names }: Draft, node: VariableDeclaration): void {
  declaredNames(node).forEach((name) => names.add(name));
  edits.replace(node.start, node.declarations[0].start, "");
}

function returnLast(edits: Edits, last: Node | undefined): void {
  if (last?.type !== "ExpressionStatement") return;
  const { start, end } = last.expression;
  edits.open(start, "return [(");
  edits.close(end, ")];");
}
