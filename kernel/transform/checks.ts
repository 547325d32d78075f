import type { Function, Node, Program } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { mark } from "./marks.ts";
import { walk } from "./walk.ts";

/** What counts down in the loops of a cell, and what is asked when it has come to its end. */
const counter = `__kc${mark}`;
const ask = `__kt${mark}`;
const statement = ` if (--${counter}[0] < 0) ${ask}();`;

/**
 * Lets every loop and every function of a cell ask, now and then, whether it is to stop: for places where nothing ends
 * running code from outside. A counted loop below another that only computes ends by itself, and stays as fast as it is.
 */
export function insertChecks(edits: Edits, program: Program): void {
  const top = new Set<Node>(program.body);
  walk(program, (node) => {
    if (isLoop(node) && (top.has(node) || !endsByItself(node))) checkBody(edits, node.body);
    if (isFunction(node)) checkFunction(edits, node);
  });
}

type Loop = Node & {
  type:
    "ForStatement" | "WhileStatement" | "DoWhileStatement" | "ForOfStatement" | "ForInStatement";
};

function isLoop(node: Node): node is Loop {
  return /^(For|While|DoWhile|ForOf|ForIn)Statement$/.test(node.type);
}

function isFunction(node: Node): node is Function | (Node & { type: "ArrowFunctionExpression" }) {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function checkBody(edits: Edits, body: Node): void {
  if (body.type === "BlockStatement") edits.insert(body.start + 1, statement);
  else edits.wrap(body, `{${statement} `, " }");
}

function checkFunction(
  edits: Edits,
  { body }: Function | (Node & { type: "ArrowFunctionExpression" }),
): void {
  if (body === null) return;
  if (body.type === "BlockStatement") return edits.insert(body.start + 1, statement);
  edits.wrap(body, `(--${counter}[0] < 0 && ${ask}(), `, ")");
}

/** `for (…; i < n; i++)` without a loop or a call in it, whose counter nothing else moves. */
function endsByItself(loop: Loop): boolean {
  if (loop.type !== "ForStatement" || loop.test?.type !== "BinaryExpression") return false;
  const moved = countedName(loop.update);
  if (moved === undefined || !/^[<>]=?$/.test(loop.test.operator)) return false;
  let isPlain = true;
  walk(loop.body, (node) => {
    isPlain &&= !isLoop(node) && !mayTakeLong(node) && !moves(node, moved);
    return isPlain;
  });
  return isPlain;
}

function countedName(update: Node | null): string | undefined {
  if (update?.type === "UpdateExpression" && update.argument.type === "Identifier")
    return update.argument.name;
  if (update?.type !== "AssignmentExpression" || !/^[+-]=$/.test(update.operator)) return undefined;
  return update.left.type === "Identifier" && update.right.type === "Literal"
    ? update.left.name
    : undefined;
}

function mayTakeLong(node: Node): boolean {
  if (node.type === "CallExpression") return !isOfMath(node.callee);
  return /^(New|Await|Yield|TaggedTemplate|Import)Expression$/.test(node.type);
}

function isOfMath(callee: Node): boolean {
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "Math"
  );
}

function moves(node: Node, name: string): boolean {
  const target =
    node.type === "UpdateExpression"
      ? node.argument
      : node.type === "AssignmentExpression"
        ? node.left
        : undefined;
  if (target === undefined) return false;
  let found = false;
  walk(target, (part) => {
    found ||= part.type === "Identifier" && part.name === name;
  });
  return found && target.type !== "MemberExpression";
}
