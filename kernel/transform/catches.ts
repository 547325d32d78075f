import type { CatchClause, Node, Program } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { kernelName } from "./marks.ts";
import { walk } from "./walk.ts";

/**
 * Hands what a cell catches to `caught`, which gives V8's messages the names that the user wrote: of `catch`, and of a
 * function that is written as an argument of `.catch` or `.then`.
 */
export function cleanCaught(edits: Edits, program: Program): void {
  walk(program, (node) => {
    if (node.type === "CatchClause") cleanClause(edits, node);
    if (node.type === "CallExpression")
      rejectionHandlers(node).forEach((one) => cleanFirst(edits, one));
  });
}

const own = "__k_e";

/** A pattern takes the error apart before anybody could look at it: it is thrown once more for that. */
function cleanClause(edits: Edits, { param, body }: CatchClause): void {
  if (param === null) return;
  if (param.type === "Identifier")
    return edits.insert(body.start + 1, ` ${kernelName}.caught(${param.name});`);
  const again = `${own}) { ${kernelName}.caught(${own}); try { throw ${own}; } catch (`;
  edits.wrap({ start: param.start, end: body.end }, again, " }");
}

function cleanFirst(edits: Edits, { start, end }: Node): void {
  edits.wrap({ start, end }, `((${own}) => (${kernelName}.caught(${own}), (`, `)(${own})))`);
}

/** The functions that a promise calls when it was rejected, where they stand in the call. */
function rejectionHandlers({
  callee,
  arguments: given,
}: Node & { type: "CallExpression" }): Node[] {
  if (
    callee.type !== "MemberExpression" ||
    callee.computed ||
    callee.property.type !== "Identifier"
  )
    return [];
  const at = { catch: 0, then: 1 }[callee.property.name];
  const handler = at === undefined || given.length !== at + 1 ? undefined : given[at];
  return isFunction(handler) ? [handler] : [];
}

function isFunction(node: Node | undefined): node is Node {
  return node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression";
}
