import { ts } from "./typescript.ts";

/** One step from a value to another: `.name` or `["name"]`, `[0]`, or a call. */
export type Step =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "index" }
  | { readonly kind: "call" };

/** A name and the way from its value, as `data[0].scores.map()`. */
export interface Chain {
  readonly root: ts.Identifier;
  readonly steps: readonly Step[];
}

/** Reads an expression as a chain; undefined for every other expression, and for a way through `?.`. */
export function chainOf(expression: ts.Expression): Chain | undefined {
  if (ts.isIdentifier(expression)) return { root: expression, steps: [] };
  if (ts.isParenthesizedExpression(expression) || ts.isNonNullExpression(expression))
    return chainOf(expression.expression);
  const last = lastStep(expression);
  if (last === undefined) return undefined;
  const before = chainOf(last.from);
  return before === undefined ? undefined : { ...before, steps: [...before.steps, last.step] };
}

function lastStep(expression: ts.Expression): { from: ts.Expression; step: Step } | undefined {
  if (!isAccess(expression) || expression.questionDotToken !== undefined) return undefined;
  const from = expression.expression;
  if (ts.isCallExpression(expression)) return { from, step: { kind: "call" } };
  if (ts.isPropertyAccessExpression(expression))
    return { from, step: { kind: "member", name: expression.name.text } };
  const { argumentExpression: key } = expression;
  if (ts.isStringLiteralLike(key)) return { from, step: { kind: "member", name: key.text } };
  return ts.isNumericLiteral(key) ? { from, step: { kind: "index" } } : undefined;
}

type Access = ts.CallExpression | ts.PropertyAccessExpression | ts.ElementAccessExpression;

function isAccess(node: ts.Node): node is Access {
  return (
    ts.isCallExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node)
  );
}

/**
 * True when code around a name may know more of its value than the declaration says: it is declared there too, or
 * a condition or an assertion may have narrowed it.
 */
export function mayBeNarrowed(source: ts.SourceFile, root: ts.Identifier): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    if (ts.isIdentifier(node) && node.text === root.text && node !== root) found ||= tells(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Of another place where the name stands: whether it tells of the value at the first. */
function tells({ parent }: ts.Identifier): boolean {
  const isPartOfPath =
    ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  if (!isPartOfPath) return true;
  // `a.kind === "dog"` tells of `a` too.
  let node: ts.Node = parent;
  while (isAccess(node.parent) && node.parent.expression === node) node = node.parent;
  node = node.parent;
  return !ts.isExpressionStatement(node) && !ts.isVariableDeclaration(node);
}
