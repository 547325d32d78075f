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
 * running code from outside. A counted loop below another that only computes would be twice as slow: it counts down once in
 * a thousand rounds, which its own counter tells.
 */
export function insertChecks(edits: Edits, program: Program): void {
  const top = new Set<Node>(program.body);
  weave(edits, program, { top, numbers: new Set() });
}

/** What is known at a place: the statements of the cell itself, and the counters around that surely are numbers. */
interface Around {
  readonly top: ReadonlySet<Node>;
  readonly numbers: ReadonlySet<string>;
}

function weave(edits: Edits, root: Node, around: Around): void {
  walk(root, (node) => {
    if (isFunction(node)) checkFunction(edits, node);
    if (!isLoop(node)) return true;
    const counted = countedOf(node, around.numbers);
    const isSparse = counted !== undefined && !around.top.has(node) && onlyComputes(node.body);
    checkBody(edits, node.body, isSparse ? sparse(counted) : statement);
    if (counted === undefined) return true;
    const within = { ...around, numbers: new Set([...around.numbers, counted.name]) };
    for (const part of partsOf(node)) weave(edits, part, within);
    return false;
  });
}

/** Once in 1024 steps of a counter, as much as fifty rounds of another loop. */
function sparse({ name, step }: Counted): string {
  return ` if ((${name} & 1023) > ${1023 - step} && (${counter}[0] -= 50) < 0) ${ask}();`;
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

function checkBody(edits: Edits, body: Node, text: string): void {
  if (body.type === "BlockStatement") edits.insert(body.start + 1, text);
  else edits.wrap(body, `{${text} `, " }");
}

function checkFunction(
  edits: Edits,
  { body }: Function | (Node & { type: "ArrowFunctionExpression" }),
): void {
  if (body === null) return;
  if (body.type === "BlockStatement") return edits.insert(body.start + 1, statement);
  edits.wrap(body, `(--${counter}[0] < 0 && ${ask}(), `, ")");
}

/** The parts of a loop that run, in the order they stand. */
function partsOf(loop: Loop): Node[] {
  if (loop.type !== "ForStatement") return [loop.body];
  return [loop.init, loop.test, loop.update, loop.body].filter((part) => part !== null);
}

interface Counted {
  readonly name: string;
  /** A whole number, at most so large that no thousand is stepped over. */
  readonly step: number;
}

/** The counter of `for (let i = 0; i < n; i++)`, a number that nothing else moves. */
function countedOf(loop: Loop, numbers: ReadonlySet<string>): Counted | undefined {
  if (loop.type !== "ForStatement" || loop.test?.type !== "BinaryExpression") return undefined;
  const counted = stepOf(loop.update);
  if (counted === undefined || !/^[<>]=?$/.test(loop.test.operator)) return undefined;
  const { name } = counted;
  if (!startsAsNumber(loop.init, name, numbers) || moves(loop.body, name)) return undefined;
  return counted;
}

function stepOf(update: Node | null): Counted | undefined {
  if (update?.type === "UpdateExpression" && update.argument.type === "Identifier")
    return { name: update.argument.name, step: 1 };
  if (update?.type !== "AssignmentExpression" || !/^[+-]=$/.test(update.operator)) return undefined;
  if (update.left.type !== "Identifier" || update.right.type !== "Literal") return undefined;
  const step = update.right.value;
  if (typeof step !== "number" || !Number.isInteger(step) || step < 1 || step > 512)
    return undefined;
  return { name: update.left.name, step };
}

/** The loop's own `let`, which no other code of the cell renames; a large integer cannot be masked. */
function startsAsNumber(init: Node | null, name: string, numbers: ReadonlySet<string>): boolean {
  if (init?.type !== "VariableDeclaration" || init.kind !== "let") return false;
  const own = init.declarations.find(({ id }) => id.type === "Identifier" && id.name === name);
  return own?.init !== null && own?.init !== undefined && isNumber(own.init, numbers);
}

function isNumber(node: Node, numbers: ReadonlySet<string>): boolean {
  if (node.type === "Literal") return typeof node.value === "number" && node.value < 2 ** 31;
  if (node.type === "Identifier") return numbers.has(node.name);
  if (node.type === "UnaryExpression")
    return node.operator === "-" && isNumber(node.argument, numbers);
  if (node.type !== "BinaryExpression" || !/^[-+*/%]$/.test(node.operator)) return false;
  return isNumber(node.left, numbers) || isNumber(node.right, numbers);
}

/** True for a body without a loop or a call that could take long. */
function onlyComputes(body: Node): boolean {
  let does = true;
  walk(body, (node) => {
    does &&= !isLoop(node) && !mayTakeLong(node);
    return does;
  });
  return does;
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

/** True when something in `body` gives the name another value, or another meaning. */
function moves(body: Node, name: string): boolean {
  let found = false;
  walk(body, (node) => {
    found ||= targetsOf(node).some((target) => speaksOf(target, name));
    return !found;
  });
  return found;
}

function targetsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case "UpdateExpression":
      return [node.argument];
    case "AssignmentExpression":
    case "ForOfStatement":
    case "ForInStatement":
      return [node.left];
    case "VariableDeclarator":
      return [node.id];
    case "CatchClause":
      return node.param === null ? [] : [node.param];
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassDeclaration":
      return [node.id, ...("params" in node ? node.params : [])].filter((part) => part !== null);
    default:
      return [];
  }
}

/** `a[i] = 1` leaves `i` as it is. */
function speaksOf(target: Node, name: string): boolean {
  if (target.type === "MemberExpression") return false;
  let found = false;
  walk(target, (part) => {
    found ||= part.type === "Identifier" && part.name === name;
  });
  return found;
}
