import type { Node } from "oxc-parser";
import { walk } from "./walk.ts";

/**
 * A row such as `1 + 1 + …`, or `a.b().c()…`, is a tree that leans to one side, as deep as the row is long. The part that
 * a node of a row begins with; undefined for every other node.
 */
function beginningOf(node: Node): Node | undefined {
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression":
      return node.left;
    case "CallExpression":
      return node.callee;
    case "MemberExpression":
      return node.object;
    case "TaggedTemplateExpression":
      return node.tag;
    case "ChainExpression":
    case "TSNonNullExpression":
      return node.expression;
    default:
      return undefined;
  }
}

/** The nodes of the row that `node` ends, the last first; what begins it comes at the end. `[node]` when it is in none. */
export function rowOf(node: Node): Node[] {
  const row = [node];
  for (let at = beginningOf(node); at !== undefined; at = beginningOf(at)) row.push(at);
  return row;
}

/** What a node of a row holds besides the part it begins with, in the order it stands. */
export function visitOthers(node: Node, visit: (part: Node) => void): void {
  if (node.type === "MemberExpression" && !node.computed) return;
  const beginning = beginningOf(node);
  walk(node, (child) => {
    if (child === node) return true;
    if (child !== beginning) visit(child);
    return false;
  });
}
