import type { Node } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { declaredNames, patternNames } from "./names.ts";
import { walk } from "./walk.ts";

/**
 * Lets a loop at the top level of a cell work on local variables.
 *
 * The names of cells are globals, and a global that holds a fraction or a large number is boxed anew at every
 * assignment, ten times slower than a local. So the loop is written twice: once in a block whose locals have the same
 * names, written back at its end, and once as it is. `__k.fast` chooses at run time.
 *
 * Nobody may notice: only loops without calls (but those of Math), functions, awaits and members other than elements
 * and `length` are taken, and `__k.fast` makes sure that all names hold plain numbers, texts and arrays. An interrupt
 * ends a frame without its `finally`; each round therefore notes the locals in `__k_m`, from which they are restored.
 * That costs next to nothing, and even helps V8 to keep them unboxed.
 */
export function useLocals(edits: Edits, loop: Node): void {
  const found = namesIn(loop);
  if (found === undefined || found.assigned.size === 0) return;
  const assigned = [...found.assigned];
  const note = assigned.map((name, i) => `__k_m[${i}] = ${name};`).join(" ");
  walk(loop, (node) => {
    if (isLoop(node)) insertFirst(edits, node.body, note);
  });
  const locals = [...found.names].map((name) => `${name} = __k.g.${name}`).join(", ");
  const stores = assigned.map((name) => `__k.g.${name} = ${name};`).join(" ");
  const names = JSON.stringify([...found.names]);
  const before = `{ const __k_m = __k.fast(${names}, ${JSON.stringify(assigned)}); if (__k_m !== null) `;
  edits.repeat(loop.start, loop.end, {
    before: `${before}{ let ${locals}; try { `,
    between: ` } finally { ${stores} __k.slow(); } } else { `,
    after: " } }",
  });
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

interface LoopNames {
  /** Names of the notebook the loop speaks of. */
  readonly names: ReadonlySet<string>;
  /** Those of them it assigns to. */
  readonly assigned: ReadonlySet<string>;
}

/** The names in a loop; undefined when it holds something that could notice where they live. */
function namesIn(loop: Node): LoopNames | undefined {
  const own = new Set<string>();
  const labels = new Set<unknown>();
  const spoken = new Set<string>();
  const assigned = new Set<string>();
  let isPlain = true;
  walk(loop, (node) => {
    isPlain &&= isHarmless(node);
    if (!isPlain) return false;
    if (node.type === "VariableDeclaration")
      declaredNames(node).forEach((name) => (node.kind === "var" ? assigned : own).add(name));
    if (node.type === "MemberExpression" && !node.computed) labels.add(node.property);
    if ("label" in node && node.label !== null) labels.add(node.label);
    if (node.type === "Identifier" && !labels.has(node)) spoken.add(node.name);
    const target = targetOf(node);
    if (target !== undefined) patternNames(target).forEach((name) => assigned.add(name));
    return true;
  });
  if (!isPlain) return undefined;
  const isGlobal = (name: string): boolean => !own.has(name) && !constants.has(name);
  const names = new Set([...spoken, ...assigned].filter(isGlobal));
  // A name that is also declared inside keeps its place; the loop still means the same.
  return { names, assigned: new Set([...assigned].filter(isGlobal)) };
}

const constants = new Set(["Math", "undefined", "NaN", "Infinity"]);

function targetOf(node: Node): Node | undefined {
  if (node.type === "AssignmentExpression") return node.left;
  if (node.type === "UpdateExpression") return node.argument;
  return node.type === "ForOfStatement" && node.left.type !== "VariableDeclaration"
    ? node.left
    : undefined;
}

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
  if (body.type === "BlockStatement") return edits.openInFirst(body.start + 1, ` ${text}`);
  edits.openInFirst(body.start, `{ ${text} `);
  edits.closeInFirst(body.end, " }");
}
