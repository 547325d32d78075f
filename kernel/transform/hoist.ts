import type {
  Class,
  Function,
  Node,
  Program,
  Statement,
  VariableDeclaration,
  VariableDeclarator,
} from "oxc-parser";
import { Edits } from "./edits.ts";
import { importedNames, rewriteImport } from "./imports.ts";
import type { LoadingStatement } from "./imports.ts";
import { kernelName } from "./marks.ts";
import { boundIn, declaredNames } from "./names.ts";
import type { NotebookScope } from "./notebook-scope.ts";
import { isOwnScope, walk } from "./walk.ts";

interface Region {
  readonly start: number;
  readonly end: number;
}

/** Where a name of `let`, `const` or `class` is bound, and what is evaluated before it has its value. */
interface LateName {
  readonly start: number;
  readonly init: Region | null;
}

/** What the rewriting of one cell gathers. */
export interface Draft {
  readonly edits: Edits;
  readonly scope: NotebookScope;
  /** The names the cell declares. */
  readonly names: Set<string>;
  /** Those that have no value before their declaration has run. */
  readonly late: Map<string, LateName>;
  /** Those that have no value before their import or declaration has run. */
  readonly valued: Set<string>;
  /** Those that nothing may be assigned to: of `const` and of imports. */
  readonly constants: Set<string>;
  /** Declarations of a cell with `using`, of which the compiler made `var`. */
  readonly lowered: Set<Node>;
  readonly imports: Region[];
  readonly functions: Region[];
}

/** A draft that nothing was done to yet. */
export function draftOf(code: string, scope: NotebookScope): Draft {
  return {
    edits: new Edits(code),
    scope,
    names: new Set(),
    late: new Map(),
    valued: new Set(),
    constants: new Set(),
    lowered: new Set(),
    imports: [],
    functions: [],
  };
}

/** Turns the declarations of a cell's top level into assignments, and its last expression into its value. */
export function hoist(draft: Draft, program: Program): void {
  const statements = topLevel(draft, program.body);
  returnLast(draft.edits, statements.filter((node) => !isEmptyExport(node)).at(-1));
  hoistNestedVars(draft, program, statements);
  statements.forEach((statement) => rewriteStatement(draft, statement));
}

/** True for a variable of the compiled form of `using`, which stays within the cell. */
export function isCompilersOwn(name: string): boolean {
  return /^_usingCtx\d*$/.test(name);
}

/** The statements of the cell; a cell with `using` was lowered to one big `try`. */
function topLevel({ lowered }: Draft, body: readonly Node[]): Node[] {
  return body.flatMap((node) => {
    if (node.type !== "TryStatement" || !isLoweredCell(node.block.body)) return [node];
    const statements = node.block.body.slice(1);
    statements.forEach((statement) => lowered.add(statement));
    return statements;
  });
}

/** A block with `using` becomes such a `try` too, but its own names stay `const`. */
function isLoweredCell(body: readonly Statement[]): boolean {
  const isOfBlock = (node: Statement): boolean =>
    node.type === "VariableDeclaration" && node.kind !== "var";
  return declaresUsing(body[0]) && !body.some(isOfBlock);
}

function declaresUsing(node: Statement | undefined): boolean {
  return node?.type === "VariableDeclaration" && declaredNames(node).every(isCompilersOwn);
}

/** The `export {}` that stays of an erased import or export. */
function isEmptyExport(node: Node): boolean {
  return node.type === "ExportNamedDeclaration" && node.declaration === null;
}

function rewriteStatement(draft: Draft, node: Node): void {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
      return rewriteLoading(draft, node);
    case "VariableDeclaration":
      return rewriteVariables(draft, node);
    case "FunctionDeclaration":
      return rewriteFunction(draft, node);
    case "ClassDeclaration":
      return rewriteClass(draft, node);
    case "ExportNamedDeclaration":
      if (node.source !== null) return rewriteLoading(draft, node);
      if (node.declaration === null) return draft.edits.replace(node.start, node.end, "");
      return rewriteExport(draft, node, node.declaration);
    case "ExportDefaultDeclaration":
      return rewriteExport(draft, node, node.declaration);
  }
}

function rewriteLoading(draft: Draft, node: LoadingStatement): void {
  for (const name of importedNames(node)) {
    draft.names.add(name);
    draft.valued.add(name);
    draft.constants.add(name);
  }
  rewriteImport(draft.edits, node, (name) => draft.scope.binding(name));
  draft.imports.push(draft.edits.take(node.start, node.end));
}

function rewriteVariables(draft: Draft, node: VariableDeclaration): void {
  declaredNames(node).forEach((name) => draft.names.add(name));
  const { edits } = draft;
  const { declarations } = node;
  const kind = draft.lowered.has(node) ? "let" : node.kind;
  if (kind === "const") declaredNames(node).forEach((name) => draft.constants.add(name));
  edits.replace(node.start, declarations[0].start, "");
  for (const declaration of declarations) {
    const { init, id } = declaration;
    if (kind !== "var") noteLate(draft, declaration);
    // A `let` without a value starts anew each time the cell runs, and so does an enum or a namespace.
    const isUnset = init === null && kind === "let";
    edits.wrap(declaration, "(", `${isUnset ? " = void 0" : ""}${given(kind, declaration)})`);
    if (id.type === "Identifier" && init !== null) startEnumAnew(edits, init, id.name);
  }
}

function noteLate({ late, valued }: Draft, { id, init }: VariableDeclarator): void {
  for (const { name, start } of boundIn(id)) {
    late.set(name, { start, init });
    valued.add(name);
  }
}

/** Says that names have their values, where these may be undefined. */
function given(kind: VariableDeclaration["kind"], { id, init }: VariableDeclarator): string {
  if (kind === "var" || (id.type === "Identifier" && neverUndefined.has(init?.type ?? "")))
    return "";
  const names = boundIn(id).map(({ name }) => JSON.stringify(name));
  return names.length === 0 ? "" : `, ${kernelName}.gave(${names.join(", ")})`;
}

const neverUndefined = new Set([
  "Literal",
  "TemplateLiteral",
  "ObjectExpression",
  "ArrayExpression",
  "NewExpression",
  "ArrowFunctionExpression",
  "FunctionExpression",
  "ClassExpression",
]);

/** A compiled enum adds to one of that name, `E || {}`, which may be that of an earlier run. */
function startEnumAnew(edits: Edits, init: Node, name: string): void {
  if (init.type !== "CallExpression") return;
  const [argument] = init.arguments;
  const isEnum =
    argument?.type === "LogicalExpression" &&
    argument.operator === "||" &&
    argument.left.type === "Identifier" &&
    argument.left.name === name &&
    argument.right.type === "ObjectExpression";
  if (isEnum) edits.wrap(argument.left, "false && ", "");
}

/** A declaration without a name, as `export default` may have, binds nothing. */
function rewriteFunction({ edits, names, functions, scope }: Draft, node: Function): void {
  if (node.id === null) return edits.wrap(node, "(", ");");
  names.add(node.id.name);
  edits.wrap(node, `${scope.binding(node.id.name)} = `, ";");
  functions.push(edits.take(node.start, node.end));
}

function rewriteClass({ edits, names, late, valued, scope }: Draft, node: Class): void {
  if (node.id === null) return edits.wrap(node, "(", ");");
  names.add(node.id.name);
  late.set(node.id.name, { start: node.start, init: null });
  valued.add(node.id.name);
  edits.wrap(node, `${scope.binding(node.id.name)} = `, ";");
}

/** A cell has no exports: the keyword is dropped and the declaration stays. */
function rewriteExport(draft: Draft, node: Node, inner: Node): void {
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
  if (last?.type === "ExpressionStatement") edits.wrap(last.expression, "return [(", ")];");
}
