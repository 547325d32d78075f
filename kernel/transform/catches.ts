import type { Program } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { kernelName } from "./marks.ts";
import { walk } from "./walk.ts";

/** Hands what a cell catches to `caught`, which gives V8's messages the names that the user wrote. */
export function cleanCaught(edits: Edits, program: Program): void {
  walk(program, (node) => {
    if (node.type === "CatchClause" && node.param?.type === "Identifier")
      edits.insert(node.body.start + 1, ` ${kernelName}.caught(${node.param.name});`);
  });
}
