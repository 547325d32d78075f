import type { Program } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { kernelName } from "./marks.ts";
import { isOwnScope, walk } from "./walk.ts";

/**
 * Sends what a cell waits for at its top level through `w`, and what it iterates over with `for await` through `each`,
 * so that an interrupt can end the wait. `import.meta` becomes the notebook's, since a cell runs as a script, and
 * `import()` the kernel's, which knows where a notebook's packages are.
 */
export function rewriteAwaits(edits: Edits, program: Program): void {
  walk(program, (node) => {
    if (isOwnScope(node)) return false;
    if (node.type === "AwaitExpression") wrap(edits, node.start, node.argument, "w");
    if (node.type === "ForOfStatement" && node.await) wrap(edits, node.start, node.right, "each");
    return true;
  });
  walk(program, (node) => {
    if (node.type === "MetaProperty" && node.meta.name === "import")
      edits.replace(node.start, node.end, `${kernelName}.meta`);
    if (node.type === "ImportExpression")
      edits.replace(node.start, node.start + "import".length, `${kernelName}.i`);
  });
}

/** The call is given where the await stands, since the stack of an error may not reach back to it. */
function wrap(
  edits: Edits,
  place: number,
  inner: { start: number; end: number },
  call: string,
): void {
  edits.wrap(inner, `${kernelName}.${call}(`, `, ${place})`);
}
