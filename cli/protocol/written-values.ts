import type { Node, Program } from "oxc-parser";

/** Where values are looked up. */
export interface Scope {
  readonly source: string;
  readonly constants: ReadonlyMap<string, unknown>;
}

/** Variables of a cell whose value stands there. */
export function writtenConstants(program: Program, scope: Scope): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const node of program.body) {
    const declared = node.type === "ExportNamedDeclaration" ? node.declaration : node;
    if (declared?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declared.declarations) {
      if (id.type !== "Identifier") continue;
      const constants = new Map([...scope.constants, ...found]);
      const value = init === null ? { code: "" } : writtenValue(init, { ...scope, constants });
      found.set(id.name, value);
    }
  }
  return found;
}

/** Names that are set anew somewhere, or mean something else inside a function: their value is not that of their declaration. */
export function changedNames(node: Node, top = true): string[] {
  const own = ((): string[] => {
    switch (node.type) {
      case "AssignmentExpression":
        return namesIn(node.left);
      case "UpdateExpression":
        return namesIn(node.argument);
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return node.params.flatMap((param) => namesIn(param as Node));
      case "VariableDeclarator":
        return top ? [] : namesIn(node.id);
      default:
        return [];
    }
  })();
  const stillTop =
    top && ["Program", "VariableDeclaration", "ExportNamedDeclaration"].includes(node.type);
  return [...own, ...childrenOf(node).flatMap((child) => changedNames(child, stillTop))];
}

/** Every name in a pattern; of `a.b` that of the object, whose content is set. */
function namesIn(node: Node): string[] {
  if (node.type === "Identifier") return [node.name];
  if (node.type === "MemberExpression")
    return node.object.type === "Identifier" ? [node.object.name] : [];
  return childrenOf(node).flatMap(namesIn);
}

/** A value as it stands in the code; `{ code }` for what only a run can tell. */
export function writtenValue(node: Node, scope: Scope): unknown {
  switch (node.type) {
    case "Literal":
      return "regex" in node || typeof node.value === "bigint" ? codeOf(node, scope) : node.value;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? node.quasis[0].value.cooked : codeOf(node, scope);
    case "UnaryExpression":
      return negated(node, scope);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "ParenthesizedExpression":
      return writtenValue(node.expression, scope);
    case "ArrayExpression":
      return node.elements.some((one) => one === null || one.type === "SpreadElement")
        ? codeOf(node, scope)
        : node.elements.map((one) => (one === null ? null : writtenValue(one, scope)));
    case "ObjectExpression":
      return objectOf(node, scope);
    case "Identifier":
      return scope.constants.has(node.name) && !isCodeOnly(scope.constants.get(node.name))
        ? scope.constants.get(node.name)
        : codeOf(node, scope);
    default:
      return codeOf(node, scope);
  }
}

function negated(node: Extract<Node, { type: "UnaryExpression" }>, scope: Scope): unknown {
  const value = writtenValue(node.argument, scope);
  if (node.operator === "-" && typeof value === "number") return -value;
  if (node.operator === "!" && typeof value === "boolean") return !value;
  return codeOf(node, scope);
}

function objectOf(node: Extract<Node, { type: "ObjectExpression" }>, scope: Scope): unknown {
  const found: Record<string, unknown> = {};
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const spread = writtenValue(property.argument, scope);
      if (typeof spread !== "object" || spread === null || isCodeOnly(spread))
        found["..."] = codeOf(property.argument, scope);
      else Object.assign(found, spread);
    } else {
      const { key, computed, value } = property;
      if (computed) found["..."] = codeOf(property, scope);
      else if (key.type === "Identifier") found[key.name] = writtenValue(value, scope);
      else if (key.type === "Literal") found[String(key.value)] = writtenValue(value, scope);
    }
  }
  return found;
}

function isCodeOnly(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).join() === "code";
}

function codeOf({ start, end }: Node, { source }: Scope): { readonly code: string } {
  return { code: source.slice(start, end).replace(/\s+/g, " ") };
}

/** The nodes inside a node. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(isNode),
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
