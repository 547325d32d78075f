import type { Node } from "oxc-parser";
import { boundIn } from "./changed-names.ts";
import { exportOf, type ImportedNames } from "./imported-names.ts";

/** The names of tsrsa inside a function or a block, where some of them may be variables of its own. */
export function namesInside(node: Node, names: ImportedNames): ImportedNames {
  const own = boundBy(node, names).flatMap(boundIn);
  return own.some((name) => names.has(name))
    ? new Map([...names].filter(([name]) => !own.includes(name)))
    : names;
}

/** The patterns that a node binds for what is inside of it. */
function boundBy(node: Node, names: ImportedNames): readonly Node[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return node.params;
    case "BlockStatement":
      return node.body.flatMap((one) => variablesOf(one, names));
    case "ForStatement":
      return node.init === null ? [] : variablesOf(node.init, names);
    case "ForOfStatement":
    case "ForInStatement":
      return variablesOf(node.left, names);
    default:
      return [];
  }
}

/** What is declared, but for names that are given an export. */
function variablesOf(node: Node, names: ImportedNames): readonly Node[] {
  if (node.type !== "VariableDeclaration") return [];
  return node.declarations
    .filter(({ init }) => init === null || exportOf(init, names) === undefined)
    .map(({ id }) => id);
}
