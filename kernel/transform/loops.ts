import type { Node } from "oxc-parser";
import type { Edits } from "./edits.ts";
import type { Draft } from "./hoist.ts";
import { guardOf, lackOf } from "./lacks.ts";
import { kernelName } from "./marks.ts";
import type { Reference } from "./references.ts";
import { walk } from "./walk.ts";

/**
 * Lets a loop at the top level of a cell work on local variables.
 *
 * The names of cells are variables of scripts, and one that holds a fraction or a large number is boxed anew at every
 * assignment, ten times slower than a local. So the loop is written twice: once in a block whose locals have the names
 * as the user wrote them, written back at its end, and once on the bindings of the notebook. `fast` chooses at run time.
 *
 * Nobody may notice: only loops without calls (but those of Math), functions, awaits and members other than elements
 * and `length` are taken, and `fast` makes sure that all names hold plain values. An interrupt ends a frame without its
 * `finally`; each round therefore notes the locals in `__k_m`, from which they are restored.
 */
export function useLocals(draft: Draft, loop: Node, references: readonly Reference[]): void {
  if (!isPlain(loop)) return;
  const within = references.filter(({ start, end }) => start >= loop.start && end <= loop.end);
  if (within.some((one) => lackOf(draft, one) !== undefined || guardOf(draft, one) !== undefined))
    return;
  const { all, assigned: changed } = namesIn(within);
  if (changed.size === 0 || !areOurs(draft, all)) return;
  const assigned = [...changed];
  const binding = (name: string): string => draft.scope.binding(name);
  const note = assigned.map((name, i) => `__k_m[${i}] = ${name};`).join(" ");
  walk(loop, (node) => {
    if (isLoop(node)) insertFirst(draft.edits, node.body, note);
  });
  const values = (names: Iterable<string>): string => `[${[...names].map(binding).join(", ")}]`;
  const locals = [...all].map((name) => `${name} = ${binding(name)}`).join(", ");
  const stores = assigned.map((name) => `${binding(name)} = ${name};`).join(" ");
  const restores = assigned.map((name, i) => `${binding(name)} = m[${i}];`).join(" ");
  const fast = `${kernelName}.fast(${values(new Set([...assigned, ...all]))}, ${assigned.length}, (m) => { ${restores} })`;
  draft.edits.repeat(loop.start, loop.end, {
    before: `{ const __k_m = ${fast}; if (__k_m !== null) { let ${locals}; try { `,
    between: ` } finally { ${stores} ${kernelName}.slow(); } } else { `,
    after: " } }",
  });
}

/** A name of the realm or of nobody is left where it is, and so is the loop; `Math` has to be the realm's. */
function areOurs({ names, scope }: Draft, spoken: ReadonlySet<string>): boolean {
  const isOurs = (name: string): boolean => names.has(name) || scope.has(name);
  return [...spoken].every(isOurs) && ![...constants].some(isOurs);
}

/** True for a statement that may be given to `useLocals`. */
export function isTopLoop(node: Node): boolean {
  return isLoop(node.type === "LabeledStatement" ? node.body : node);
}

type Loop = Node & {
  type: "ForStatement" | "WhileStatement" | "DoWhileStatement" | "ForOfStatement";
};

function isLoop(node: Node): node is Loop {
  return /^(For|While|DoWhile|ForOf)Statement$/.test(node.type);
}

/** True when nothing in a loop could notice where its names live. */
function isPlain(loop: Node): boolean {
  let plain = true;
  walk(loop, (node) => {
    plain &&= isHarmless(node);
    return plain;
  });
  return plain;
}

/** The names of the notebook that a loop speaks of, and those of them it assigns to. */
function namesIn(within: readonly Reference[]): Record<"all" | "assigned", Set<string>> {
  const spoken = within.filter(({ name }) => !constants.has(name));
  const nameOf = ({ name }: Reference): string => name;
  return {
    all: new Set(spoken.map(nameOf)),
    assigned: new Set(spoken.filter(({ writes }) => writes).map(nameOf)),
  };
}

const constants = new Set(["Math", "undefined", "NaN", "Infinity"]);

const harmless = new Set([
  "ForStatement",
  "WhileStatement",
  "DoWhileStatement",
  "LabeledStatement",
  "BlockStatement",
  "ExpressionStatement",
  "EmptyStatement",
  "IfStatement",
  "BreakStatement",
  "ContinueStatement",
  "SwitchStatement",
  "SwitchCase",
  "VariableDeclarator",
  "LogicalExpression",
  "UpdateExpression",
  "ConditionalExpression",
  "SequenceExpression",
  "ParenthesizedExpression",
]);

/** Whitelisted, so that a kind of node not thought of is left as it is. */
function isHarmless(node: Node): boolean {
  if (harmless.has(node.type)) return true;
  switch (node.type) {
    case "Identifier":
      // No local may have these names.
      return node.name !== "eval" && node.name !== "arguments";
    case "ForOfStatement":
      return !node.await;
    case "VariableDeclaration":
      return (
        /^(var|let|const)$/.test(node.kind) &&
        node.declarations.every(({ id }) => id.type === "Identifier")
      );
    case "Literal":
      return !("regex" in node) && !("bigint" in node);
    case "BinaryExpression":
      return node.operator !== "in" && node.operator !== "instanceof";
    case "UnaryExpression":
      return /^([-+!~]|void|typeof)$/.test(node.operator);
    case "AssignmentExpression":
      return node.left.type === "Identifier" || node.left.type === "MemberExpression";
    case "MemberExpression":
      return isElement(node) || isOfMath(node);
    case "CallExpression":
      return !node.optional && node.callee.type === "MemberExpression" && isOfMath(node.callee);
    default:
      return false;
  }
}

type Member = Node & { type: "MemberExpression" };

/** `a[i]`, `a.length` and no other: what else a member does is anybody's guess. */
function isElement({ computed, property, object }: Member): boolean {
  if (object.type === "Super") return false;
  if (!computed) return property.type === "Identifier" && property.name === "length";
  return property.type !== "Literal" || typeof property.value === "number";
}

function isOfMath({ object, computed, optional }: Member): boolean {
  return !computed && !optional && object.type === "Identifier" && object.name === "Math";
}

function insertFirst(edits: Edits, body: Node, text: string): void {
  if (body.type === "BlockStatement") return edits.insert(body.start + 1, ` ${text}`, "first");
  edits.wrap(body, `{ ${text} `, " }", "first");
}
