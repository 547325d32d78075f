import type { Node } from "oxc-parser";
import { exportOf, isFollowed, isOurImport, isOurs, type ImportedNames } from "./imported-names.ts";
import { namesInside } from "./own-names.ts";
import { childrenOf } from "./written-values.ts";

/** What of tsrsa code has in its hands without calling it there, and the code that says what becomes of it. */
export interface Mention {
  /** The name of an export; `*` where it can be any. */
  readonly name: string;
  readonly code: Node;
}

/** These run code that is not there to be read. */
const opaque = new Set(["eval", "Function", "require", "createRequire"]);

/** Only types, and names for use elsewhere. */
const noCode =
  /^(Import(?!Expression)|Export(All|Specifier)|TS(Type(?!Assertion)|Interface|Function|Array))/;

/** Every mention of an export in a node that is neither its call nor given to a variable that is followed. */
export function mentionsIn(
  node: Node,
  names: ImportedNames,
  above: readonly Node[] = [],
): Mention[] {
  if (noCode.test(node.type)) return [];
  const name = mentioned(node, names);
  if (name !== undefined) return [{ name, code: aroundOf(node, above) }];
  const inside = namesInside(node, names);
  return readIn(node, names).flatMap((child) => mentionsIn(child, inside, [...above, node]));
}

function mentioned(node: Node, names: ImportedNames): string | undefined {
  if (node.type === "Identifier" && opaque.has(node.name)) return "*";
  if (node.type === "CallExpression") return node.arguments.some(isOurs) ? "*" : undefined;
  if (isOurImport(node)) return "*";
  if (node.type === "ImportExpression" && node.source.type !== "Literal") return "*";
  return exportOf(node, names);
}

/** The parts of a node that are read when it runs: no names of members, of variables, and of what is followed. */
function readIn(node: Node, names: ImportedNames): readonly Node[] {
  switch (node.type) {
    case "CallExpression":
      return isSeen(node, names) ? node.arguments : childrenOf(node);
    case "VariableDeclarator":
      return readByVariable(node, names);
    case "MemberExpression":
      return node.computed ? [node.object, node.property] : [node.object];
    case "TSQualifiedName":
      return [node.left];
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
      return childrenOf(node).filter((child) => node.computed || child !== node.key);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return [...node.params.flatMap((one) => readByPattern(one as Node)), ...bodyOf(node)];
    default:
      return childrenOf(node);
  }
}

function bodyOf({ body }: { readonly body: Node | null }): readonly Node[] {
  return body === null ? [] : [body];
}

/** A call that stands in the protocol as such, or that brings a file or another package. */
function isSeen(
  { callee, arguments: given }: Extract<Node, { type: "CallExpression" }>,
  names: ImportedNames,
): boolean {
  if (callee.type === "Identifier" && callee.name === "require")
    return given.length === 1 && given[0].type === "Literal";
  return (exportOf(callee, names) ?? "*") !== "*";
}

function readByVariable(
  { id, init }: Extract<Node, { type: "VariableDeclarator" }>,
  names: ImportedNames,
): readonly Node[] {
  if (init === null) return [];
  const of = exportOf(init, names);
  const isKnown = of !== undefined && isFollowed(id, of);
  return [...readByPattern(id), ...(isKnown ? [] : [init])];
}

/** What is read where names are bound: defaults, and names of members that are computed. */
function readByPattern(node: Node): readonly Node[] {
  switch (node.type) {
    case "AssignmentPattern":
      return [...readByPattern(node.left), node.right];
    case "Property":
      return [...(node.computed ? [node.key] : []), ...readByPattern(node.value)];
    case "ObjectPattern":
    case "ArrayPattern":
    case "RestElement":
    case "TSParameterProperty":
      return childrenOf(node).flatMap(readByPattern);
    default:
      return [];
  }
}

/** What stands around a mention and says what becomes of it: a call, a list, an object, an assignment. */
function aroundOf(node: Node, above: readonly Node[]): Node {
  const [inner, rest] = wrappedBy(node, above);
  const outer = rest.at(-1);
  if (outer === undefined || endsCode(outer)) return inner;
  const depth = outer.type === "Property" ? 2 : 1;
  const around = rest.at(-depth) ?? outer;
  return wrappedBy(around, rest.slice(0, -depth))[0];
}

/** A node with all that only passes it on, or calls it, and what is above that. */
function wrappedBy(node: Node, above: readonly Node[]): readonly [Node, readonly Node[]] {
  const outer = above.at(-1);
  if (outer === undefined || !passesOn(outer, node)) return [node, above];
  return wrappedBy(outer, above.slice(0, -1));
}

function passesOn(outer: Node, node: Node): boolean {
  switch (outer.type) {
    case "MemberExpression":
      return outer.object === node;
    case "CallExpression":
      return outer.callee === node;
    default:
      return /^(Await|Chain|Parenthesized|TSNonNull|TSAs|TSSatisfies)Expression$/.test(outer.type);
  }
}

function endsCode({ type }: Node): boolean {
  return type === "Program" || type.endsWith("Statement");
}
