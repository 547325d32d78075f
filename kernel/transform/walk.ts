import type { Node } from "oxc-parser";

/** Visits `node` and what lies in it, parents first; `enter` returns false to stay out of a node. */
export function walk(node: Node, enter: (node: Node) => boolean | void): void {
  if (enter(node) === false) return;
  for (const child of Object.values(node) as unknown[]) {
    if (Array.isArray(child)) child.filter(isNode).forEach((item) => walk(item, enter));
    else if (isNode(child)) walk(child, enter);
  }
}

/** True for a node whose `await` and `var` are its own, not the cell's. */
export function isOwnScope(node: Node): boolean {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression" ||
    node.type === "StaticBlock" ||
    node.type === "PropertyDefinition"
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
