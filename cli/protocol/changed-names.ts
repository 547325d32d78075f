import type { Node } from "oxc-parser";
import { exportOf, type ImportedNames } from "./imported-names.ts";
import { childrenOf } from "./written-values.ts";

/**
 * Names whose value need not be that of their declaration: they are set anew somewhere, or something in them is, or they
 * mean something else inside a function.
 */
export function changedNames(node: Node, top = true): string[] {
  const stillTop =
    top && ["Program", "VariableDeclaration", "ExportNamedDeclaration"].includes(node.type);
  const own = changedBy(node, top).flatMap(boundIn);
  return [...own, ...childrenOf(node).flatMap((child) => changedNames(child, stillTop))];
}

/** The patterns that a node gives values to. */
function changedBy(node: Node, top: boolean): readonly Node[] {
  switch (node.type) {
    case "AssignmentExpression":
      return [node.left];
    case "UpdateExpression":
      return [node.argument];
    case "UnaryExpression":
      return node.operator === "delete" ? [node.argument] : [];
    case "ForOfStatement":
    case "ForInStatement":
      return node.left.type === "VariableDeclaration" ? [] : [node.left];
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return node.params;
    case "CatchClause":
      return node.param === null ? [] : [node.param];
    case "VariableDeclarator":
      return top ? [] : [node.id];
    default:
      return [];
  }
}

/**
 * Names whose objects are given to code that may change what is in them: to functions that are not of tsrsa, which change
 * nothing, to other names, and to methods of their own. Numbers and texts stay what they are wherever they go.
 */
export function handedNames(node: Node, names: ImportedNames): string[] {
  const own = handedBy(node, names).flatMap(heldIn);
  return [...own, ...childrenOf(node).flatMap((child) => handedNames(child, names))];
}

function handedBy(node: Node, names: ImportedNames): readonly Node[] {
  switch (node.type) {
    case "VariableDeclarator":
      return node.init === null ? [] : [node.init];
    case "AssignmentExpression":
      return [node.right];
    case "NewExpression":
      return node.arguments;
    case "CallExpression":
      return exportOf(node.callee, names) === undefined
        ? [...objectOfMethod(node.callee), ...node.arguments]
        : [];
    default:
      return [];
  }
}

function objectOfMethod(callee: Node): readonly Node[] {
  return callee.type === "MemberExpression" ? [callee.object] : [];
}

/** The names whose objects an expression is, or holds, itself: of `a`, `a.b` and `[a]` it is `a`; `{ ...a }` is a copy. */
function heldIn(node: Node): string[] {
  switch (node.type) {
    case "Identifier":
      return [node.name];
    case "MemberExpression":
      return heldIn(node.object);
    case "ArrayExpression":
      return node.elements.flatMap((one) => (one === null ? [] : heldIn(one)));
    case "ObjectExpression":
      return node.properties.flatMap((one) => (one.type === "Property" ? heldIn(one.value) : []));
    default:
      return "expression" in node && typeof node.expression === "object"
        ? heldIn(node.expression)
        : [];
  }
}

/** Every name in a pattern; of `a.b.c` that of the object, whose content is set. */
export function boundIn(node: Node): string[] {
  switch (node.type) {
    case "Identifier":
      return [node.name];
    case "MemberExpression":
      return boundIn(node.object);
    case "AssignmentPattern":
      return boundIn(node.left);
    case "Property":
      return boundIn(node.value);
    default:
      return childrenOf(node).flatMap(boundIn);
  }
}
