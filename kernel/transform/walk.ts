import type { Node } from "oxc-parser";

/**
 * Visits `node` and what lies in it, parents first; `enter` returns false to stay out of a node. Without a call for each
 * level: a row of 3,000 terms is a tree as deep.
 */
export function walk(node: Node, enter: (node: Node) => boolean | void): void {
  const ahead = [node];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    if (enter(at) === false) continue;
    const parts = Object.values(at) as unknown[];
    for (let i = parts.length - 1; i >= 0; i--) pushNodes(ahead, parts[i]);
  }
}

function pushNodes(ahead: Node[], part: unknown): void {
  if (isNode(part)) ahead.push(part);
  if (!Array.isArray(part)) return;
  for (let i = part.length - 1; i >= 0; i--) if (isNode(part[i])) ahead.push(part[i] as Node);
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
