import type { Node } from "oxc-parser";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { parseTypeScript } from "../../kernel/platform/node/compile.ts";
import type { WrittenCall } from "../../src/report/run.ts";
import {
  changedNames,
  childrenOf,
  importsOf,
  writtenConstants,
  writtenValue,
  type Scope,
} from "./written-values.ts";

/** What reads, draws or shows, and decides nothing of an analysis. */
const noAnalysis =
  /^(plot|view|live[A-Z]|read|write|list[A-Z]|as[A-Z]|to[A-Z]|open|describe|display|renamed$|voxel|claim$|report$|progress$|locateData$|check$|todo$|figure|markFigures$)/;

/** Calls of results that are tests. */
const methods = new Set(["test", "confidence"]);

/** Every call of an analysis of tsrsa in code cells, in their order, with the options that stand there. */
export function writtenCalls(cells: readonly NotebookCell[]): WrittenCall[] {
  const code = cells.filter(({ kind }) => kind === "code");
  const trees = code.map(({ source }) => ({ source, program: parseTypeScript(source).program }));
  const names = new Map(trees.flatMap(({ program }) => [...importsOf(program)]));
  const changed = new Set(trees.flatMap(({ program }) => changedNames(program)));
  const constants = new Map<string, unknown>();
  return trees.flatMap(({ source, program }, at) => {
    for (const [name, value] of writtenConstants(program, { source, constants }))
      constants.set(name, changed.has(name) ? { code: name } : value);
    return callsIn(program, names, { source, constants }, at + 1);
  });
}

function callsIn(
  node: Node,
  names: ReadonlyMap<string, string>,
  scope: Scope,
  cell: number,
): WrittenCall[] {
  const own = node.type === "CallExpression" ? [callOf(node, names, scope, cell)] : [];
  const inside = childrenOf(node).flatMap((child) => callsIn(child, names, scope, cell));
  return [...own.filter((call) => call !== undefined), ...inside];
}

function callOf(
  node: Extract<Node, { type: "CallExpression" }>,
  names: ReadonlyMap<string, string>,
  scope: Scope,
  cell: number,
): WrittenCall | undefined {
  const call = nameOf(node.callee, names);
  if (call === undefined || noAnalysis.test(call)) return undefined;
  const args = [...node.arguments];
  const last = args.at(-1);
  const value = last === undefined ? undefined : writtenValue(last, scope);
  const isOptions =
    typeof value === "object" && value !== null && !Array.isArray(value) && !("code" in value);
  const of = (isOptions ? args.slice(0, -1) : args).map(({ start, end }) =>
    scope.source.slice(start, end).replace(/\s+/g, " "),
  );
  return { cell, call, of, options: isOptions ? { ...value } : {} };
}

/** What is called: an import of tsrsa, by its own name, or a test of a result. */
function nameOf(callee: Node, names: ReadonlyMap<string, string>): string | undefined {
  if (callee.type === "Identifier") return names.get(callee.name);
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return undefined;
  const { object, property } = callee;
  if (object.type === "Identifier" && names.get(object.name) === "*") return property.name;
  return methods.has(property.name) && !isPattern(object) ? `.${property.name}` : undefined;
}

/** `/a/.test(text)` asks a pattern, and is no test. */
function isPattern(node: Node): boolean {
  return node.type === "Literal" && "regex" in node;
}
