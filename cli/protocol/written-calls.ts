import type { Node } from "oxc-parser";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { isCode } from "../../src/report/blocks.ts";
import { anyCall, type WrittenCall } from "../../src/report/run.ts";
import { codeTree, type CodeTree } from "./cell-tree.ts";
import { exportOf, importedNames, propertyOf, type ImportedNames } from "./imported-names.ts";
import { mentionsIn } from "./mentions.ts";
import { changedNames, handedNames } from "./changed-names.ts";
import { namesInside } from "./own-names.ts";
import { childrenOf, writtenConstants, writtenValue, type Scope } from "./written-values.ts";

/** What reads, draws or shows, and decides nothing of an analysis. */
const noAnalysis =
  /^(plot|view|live[A-Z]|read|write|list[A-Z]|as[A-Z]|to[A-Z]|open|describe|display|renamed$|voxel|claim$|report$|progress$|locateData$|check$|todo$|figure|markFigures$)/;

/** Calls of results that are tests. */
const methods = new Set(["test", "confidence"]);

/** Where code stands: the number of a cell, or a file beside the notebook. */
type Place = Pick<WrittenCall, "cell" | "file">;

/** A call, and where in the code it begins. */
interface PlacedCall {
  readonly start: number;
  readonly call: WrittenCall;
}

/**
 * Every call of an analysis of tsrsa in code cells, in their order, with the options that stand there. One that is handed
 * on to be called elsewhere, as in `pairs.map(rsa)`, is among them, with the code that hands it on.
 */
export function writtenCalls(cells: readonly NotebookCell[]): WrittenCall[] {
  const code = cells.filter(({ kind }) => kind === "code");
  return callsOfTrees(code.map(({ source }, at) => [codeTree(source), { cell: at + 1 }]));
}

/** The same of trees that share their names. */
export function callsOfTrees(trees: readonly (readonly [CodeTree, Place])[]): WrittenCall[] {
  const programs = trees.map(([{ program }]) => program);
  const names = importedNames(programs);
  const changed = new Set(programs.flatMap((program) => changedNames(program)));
  const handed = new Set(programs.flatMap((program) => handedNames(program, names)));
  const believed = (name: string, value: unknown): boolean =>
    !changed.has(name) && (!handed.has(name) || typeof value !== "object" || isCode(value));
  const constants = new Map<string, unknown>();
  return trees.flatMap(([{ source, program }, place]) => {
    for (const [name, value] of writtenConstants(program, { source, constants }))
      constants.set(name, believed(name, value) ? value : { code: name });
    const scope = { source, constants };
    const found = [
      ...callsIn(program, names, scope, place),
      ...handedOn(program, names, scope, place),
    ];
    return found.sort((a, b) => a.start - b.start).map(({ call }) => call);
  });
}

function callsIn(node: Node, names: ImportedNames, scope: Scope, place: Place): PlacedCall[] {
  const known = namesInside(node, names);
  const inside = childrenOf(node).flatMap((child) => callsIn(child, known, scope, place));
  if (node.type !== "CallExpression") return inside;
  const call = callOf(node, names, scope, place);
  return call === undefined ? inside : [{ start: node.start, call }, ...inside];
}

function callOf(
  node: Extract<Node, { type: "CallExpression" }>,
  names: ImportedNames,
  scope: Scope,
  place: Place,
): WrittenCall | undefined {
  const call = nameOf(node, names, scope);
  if (call === undefined || noAnalysis.test(call)) return undefined;
  const args = [...node.arguments];
  const last = args.at(-1);
  const value = last === undefined ? undefined : writtenValue(last, scope);
  const isOptions =
    typeof value === "object" && value !== null && !Array.isArray(value) && !("code" in value);
  const of = (isOptions ? args.slice(0, -1) : args).map((one) => textOf(one, scope));
  return { ...place, call, of, options: isOptions ? { ...value } : {} };
}

/** Functions of ours that are not called where they stand, but given to something else. */
function handedOn(program: Node, names: ImportedNames, scope: Scope, place: Place): PlacedCall[] {
  return mentionsIn(program, names).flatMap(({ name, code }) => {
    if (noAnalysis.test(name) || /^[A-Z]/.test(name) || noFunctions.has(name)) return [];
    const call = name === "*" ? anyCall : name;
    const said = { call, of: [textOf(code, scope)], options: {}, handedOn: true as const };
    return [{ start: code.start, call: { ...place, ...said } }];
  });
}

/** Exports that are no functions, beside classes. */
export const noFunctions: ReadonlySet<string> = new Set([
  "classifiers",
  "compareMethodNames",
  "comparisonNames",
  "dataSets",
  "featureMethods",
  "interSubjectModels",
  "jupyterDisplay",
  "metricNames",
  "pValueCorrections",
  "preparationNames",
  "rsaMetricNames",
  "separationStatistics",
  "shareQuantities",
  "tfrAverages",
  "tfrBaselineModes",
  "tfrQuantities",
  "weightFitters",
  "weightQuantities",
  "weightScores",
]);

/** What is called: an export of tsrsa, by its own name, or a test of a result. */
function nameOf(
  { callee, arguments: given }: Extract<Node, { type: "CallExpression" }>,
  names: ImportedNames,
  scope: Scope,
): string | undefined {
  const found = exportOf(callee, names);
  if (found !== undefined) return found === "*" ? undefined : found;
  if (callee.type !== "MemberExpression") return undefined;
  const name = propertyOf(callee);
  if (name === undefined || !methods.has(name) || isPattern(callee.object, scope)) return undefined;
  return given.some(isText) ? undefined : `.${name}`;
}

/** `/a/.test(text)` asks a pattern, and is no test; so does that of a variable with one. */
function isPattern(node: Node, { constants }: Scope): boolean {
  if (node.type === "Literal") return "regex" in node;
  const value = node.type === "Identifier" ? constants.get(node.name) : undefined;
  return isCode(value) && /^(\/|(new )?RegExp\b)/.test(value.code);
}

/** Results are tested with options, never with a text. */
function isText(node: Node): boolean {
  return (
    node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string")
  );
}

function textOf({ start, end }: Node, { source }: Scope): string {
  return source.slice(start, end).replace(/\s+/g, " ");
}
