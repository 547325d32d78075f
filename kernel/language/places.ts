import { ts } from "./typescript.ts";

/** The innermost node around a position that is as wanted; what ends there is around it too. */
export function findNode<T extends ts.Node>(
  source: ts.SourceFile,
  position: number,
  isWanted: (node: ts.Node) => node is T,
): T | undefined {
  let found: T | undefined;
  const visit = (node: ts.Node): void => {
    if (position < node.pos || position > node.end) return;
    if (isWanted(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** True where a name can only stand for a value: no type, no new name, no key, no part of an import. */
export function isValuePlace(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent))
    return parent.name !== name && isPlainValue(parent, name);
  return ts.isVariableDeclaration(parent) ? parent.initializer === name : isOperand(parent);
}

function isPlainValue(parent: ts.Node, name: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(parent)
    ? parent.expression === name
    : (parent as ts.PropertyAssignment).initializer === name;
}

function isOperand(parent: ts.Node): boolean {
  return (
    ts.isExpressionStatement(parent) ||
    ts.isCallExpression(parent) ||
    ts.isBinaryExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isConditionalExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isIfStatement(parent)
  );
}

/** True outside functions, classes and loops, which have names of their own. */
export function isAtTop(node: ts.Node): boolean {
  for (let around = node.parent; around !== undefined; around = around.parent)
    if (
      ts.isFunctionLike(around) ||
      ts.isClassLike(around) ||
      ts.isBlock(around) ||
      ts.isCaseBlock(around) ||
      ts.isModuleBlock(around) ||
      ts.isIterationStatement(around, false)
    )
      return false;
  return true;
}
