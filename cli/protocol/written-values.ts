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

/** A value as it stands in the code; `{ code }` for what only a run can tell. */
export function writtenValue(node: Node, scope: Scope): unknown {
  switch (node.type) {
    case "Literal":
      return isPlain(node.value) && !("regex" in node) ? node.value : codeOf(node, scope);
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
      const name = computed ? undefined : nameOfKey(key);
      if (name === undefined) found["..."] = codeOf(property, scope);
      else found[name] = writtenValue(value, scope);
    }
  }
  return found;
}

/** `__proto__: …` gives no member of this name, but others that it has. */
function nameOfKey(key: Node): string | undefined {
  const name =
    key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : "__proto__";
  return name === "__proto__" ? undefined : name;
}

/** What JSON can say. */
function isPlain(value: unknown): boolean {
  return typeof value !== "bigint" && !(typeof value === "number" && !Number.isFinite(value));
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
