import type { Program } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { isTslab, tslabCall } from "./imports.ts";
import { isOwnScope, walk } from "./walk.ts";

/**
 * Sends what a cell waits for at its top level through `__k.w`, and what it iterates over with
 * `for await` through `__k.each`, so that an interrupt can end the wait. `import.meta` becomes
 * `__k.meta`, since a cell runs as a script.
 */
export function rewriteAwaits(edits: Edits, program: Program): void {
  walk(program, (node) => {
    if (isOwnScope(node)) return false;
    if (node.type === "AwaitExpression") wrap(edits, node, node.argument, "__k.w(");
    if (node.type === "ForOfStatement" && node.await) wrap(edits, node, node.right, "__k.each(");
  });
  walk(program, (node) => {
    if (node.type === "MetaProperty" && node.meta.name === "import")
      edits.replace(node.start, node.end, "__k.meta");
    if (node.type === "ImportExpression" && isTslab(node.source))
      edits.replace(node.start, node.end, tslabCall);
  });
}

/** The call is given where the await stands, since the stack of an error may not reach back to it. */
function wrap(
  edits: Edits,
  { start }: { start: number },
  inner: { start: number; end: number },
  call: string,
): void {
  edits.open(inner.start, call);
  edits.close(inner.end, `, ${start})`);
}
