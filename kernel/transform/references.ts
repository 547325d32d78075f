import type { Class, Expression, Function, Node, Program } from "oxc-parser";
import { bodyNames, lexicalNames, patternNames } from "./names.ts";
import { rowOf, visitOthers } from "./rows.ts";
import { walk } from "./walk.ts";

interface Region {
  readonly start: number;
  readonly end: number;
}

/** A place where a cell speaks of a name that it does not declare in an inner scope. */
export interface Reference extends Region {
  readonly name: string;
  readonly reads: boolean;
  readonly writes: boolean;
  /** True in `{ name }`, where the name is also a key. */
  readonly shorthand: boolean;
  /** The whole of `typeof name`. */
  readonly typeOf?: Region;
  /** A function or class without a name of its own, which takes this one. */
  readonly nameless?: Region;
  /** True within a function, which may run later. */
  readonly deferred: boolean;
}

/** `eval(code)` that sees the names around it, with those of inner scopes. */
export interface DirectEval {
  readonly code: Region;
  readonly locals: readonly string[];
}

/** What the names in a program lead to outside it. */
export interface References {
  readonly found: readonly Reference[];
  readonly evals: readonly DirectEval[];
}

/** Finds each name in a program that resolves to its top level, or to what lies beyond. */
export function referencesIn(program: Program): References {
  const finder = new Finder();
  program.body.forEach((node) => finder.visit(node, undefined));
  return finder;
}

interface Scope {
  readonly names: ReadonlySet<string>;
  readonly outer: Scope | undefined;
}

type Use = Pick<Reference, "reads" | "writes"> & Partial<Reference>;

const read: Use = { reads: true, writes: false };
const write: Use = { reads: false, writes: true };

class Finder implements References {
  readonly found: Reference[] = [];
  readonly evals: DirectEval[] = [];
  #functions = 0;

  visit(node: Node, scope: Scope | undefined): void {
    const [beginning, ...others] = rowOf(node).reverse();
    this.#visitOne(beginning, scope);
    for (const other of others) {
      if (other.type === "CallExpression") this.#noteEval(other, scope);
      visitOthers(other, (part) => this.visit(part, scope));
    }
  }

  #visitOne(node: Node, scope: Scope | undefined): void {
    switch (node.type) {
      case "Identifier":
        return this.#add(node, scope, read);
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return this.#visitFunction(node, scope);
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#visitClass(node, scope);
      case "VariableDeclaration":
        return node.declarations.forEach(({ id, init }) => {
          this.#visitTarget(id, scope, { ...write, nameless: nameless(init) });
          if (init !== null) this.visit(init, scope);
        });
      case "AssignmentExpression": {
        const reads = node.operator !== "=";
        const takesName = /^(=|&&=|\|\|=|\?\?=)$/.test(node.operator);
        const named = takesName ? nameless(node.right) : undefined;
        this.#visitTarget(node.left, scope, { reads, writes: true, nameless: named });
        return this.visit(node.right, scope);
      }
      case "UpdateExpression":
        return this.#visitTarget(node.argument, scope, { reads: true, writes: true });
      case "UnaryExpression":
        return this.#visitUnary(node, scope);
      case "IfStatement":
      case "ConditionalExpression":
        return this.#visitBranches(node, scope);
      case "Property":
        if (node.shorthand) return this.#visitShorthand(node.value, scope, read);
        if (node.computed) this.visit(node.key, scope);
        return this.visit(node.value, scope);
      case "MethodDefinition":
      case "PropertyDefinition":
      case "AccessorProperty":
        if (node.computed) this.visit(node.key, scope);
        this.#functions += 1;
        if (node.value !== null) this.visit(node.value, scope);
        this.#functions -= 1;
        return;
      case "BlockStatement":
        return this.#visitAll(node.body, inner(scope, lexicalNames(node.body)));
      case "StaticBlock":
        return this.#visitAll(node.body, inner(scope, bodyNames(node, node.body)));
      case "SwitchStatement": {
        const statements = node.cases.flatMap(({ consequent }) => consequent);
        this.visit(node.discriminant, scope);
        return this.#visitAll(node.cases, inner(scope, lexicalNames(statements)));
      }
      case "CatchClause": {
        const names = node.param === null ? [] : patternNames(node.param);
        const own = inner(scope, [...names, ...lexicalNames(node.body.body)]);
        if (node.param !== null) this.#visitTarget(node.param, own, write);
        return this.#visitAll(node.body.body, own);
      }
      case "ForStatement":
        return this.#visitParts(node, inner(scope, lexicalNames([node.init])));
      case "ForInStatement":
      case "ForOfStatement": {
        const own = inner(scope, lexicalNames([node.left]));
        if (node.left.type === "VariableDeclaration") this.visit(node.left, own);
        else this.#visitTarget(node.left, own, write);
        this.visit(node.right, own);
        return this.visit(node.body, own);
      }
      case "LabeledStatement":
        return this.visit(node.body, scope);
      case "ExportNamedDeclaration":
        if (node.declaration !== null) this.visit(node.declaration, scope);
        return;
      case "BreakStatement":
      case "ContinueStatement":
      case "MetaProperty":
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        return;
      default:
        return this.#visitParts(node, scope);
    }
  }

  #visitAll(nodes: readonly Node[], scope: Scope | undefined): void {
    nodes.forEach((node) => this.visit(node, scope));
  }

  #visitParts(node: Node, scope: Scope | undefined): void {
    walk(node, (child) => {
      if (child === node) return true;
      this.visit(child, scope);
      return false;
    });
  }

  /** `else if` after `else if`, too, is as deep as it is long. */
  #visitBranches(node: Node, scope: Scope | undefined): void {
    let at: Node | null = node;
    while (at?.type === "IfStatement" || at?.type === "ConditionalExpression") {
      this.visit(at.test, scope);
      this.visit(at.consequent, scope);
      at = at.alternate;
    }
    if (at !== null) this.visit(at, scope);
  }

  /** What is assigned to: a name, a member, or a pattern of these. */
  #visitTarget(node: Node, scope: Scope | undefined, use: Use): void {
    switch (node.type) {
      case "Identifier":
        return this.#add(node, scope, use);
      case "ParenthesizedExpression":
        return this.#visitTarget(node.expression, scope, { ...use, nameless: undefined });
      case "AssignmentPattern":
        this.#visitTarget(node.left, scope, { ...use, nameless: nameless(node.right) });
        return this.visit(node.right, scope);
      case "RestElement":
        return this.#visitTarget(node.argument, scope, { ...use, nameless: undefined });
      case "ArrayPattern":
        return node.elements.forEach((element) => {
          if (element !== null) this.#visitTarget(element, scope, { ...use, nameless: undefined });
        });
      case "ObjectPattern":
        return node.properties.forEach((property) => {
          if (property.type !== "Property") return this.#visitTarget(property, scope, write);
          if (property.shorthand) return this.#visitShorthand(property.value, scope, write);
          if (property.computed) this.visit(property.key, scope);
          return this.#visitTarget(property.value, scope, write);
        });
      default:
        return this.visit(node, scope);
    }
  }

  /** `{ name }`, or `{ name = 1 }` in a pattern. */
  #visitShorthand(value: Node, scope: Scope | undefined, use: Use): void {
    if (value.type !== "AssignmentPattern")
      return this.#visitTarget(value, scope, { ...use, shorthand: true });
    this.#visitTarget(value.left, scope, {
      ...use,
      shorthand: true,
      nameless: nameless(value.right),
    });
    this.visit(value.right, scope);
  }

  #visitUnary(node: Node & { type: "UnaryExpression" }, scope: Scope | undefined): void {
    let argument: Expression = node.argument;
    while (argument.type === "ParenthesizedExpression") argument = argument.expression;
    if (node.operator !== "typeof" || argument.type !== "Identifier")
      return this.visit(argument, scope);
    this.#add(argument, scope, { ...read, typeOf: { start: node.start, end: node.end } });
  }

  #visitFunction(
    node: Function | (Node & { type: "ArrowFunctionExpression" }),
    scope: Scope | undefined,
  ): void {
    const params = node.params as readonly Node[];
    const id = node.type === "FunctionExpression" && node.id !== null ? [node.id.name] : [];
    const own = node.type === "ArrowFunctionExpression" ? id : [...id, "arguments"];
    const head = inner(scope, [...own, ...params.flatMap(patternNames)]);
    this.#functions += 1;
    params.forEach((param) => this.#visitTarget(param, head, write));
    this.#visitBody(node.body, head);
    this.#functions -= 1;
  }

  #visitBody(body: Node | null, head: Scope | undefined): void {
    if (body === null) return;
    if (body.type !== "BlockStatement") return this.visit(body, head);
    this.#visitAll(body.body, inner(head, bodyNames(body, body.body)));
  }

  #visitClass(node: Class, scope: Scope | undefined): void {
    const own = inner(scope, node.id === null ? [] : [node.id.name]);
    this.#visitAll(node.decorators ?? [], scope);
    if (node.superClass !== null) this.visit(node.superClass, own);
    this.#visitAll(node.body.body, own);
  }

  #noteEval(node: Node & { type: "CallExpression" }, scope: Scope | undefined): void {
    const [code] = node.arguments;
    const isEval = node.callee.type === "Identifier" && node.callee.name === "eval";
    if (!isEval || node.optional || code === undefined || code.type === "SpreadElement") return;
    const locals: string[] = [];
    for (let at = scope; at !== undefined; at = at.outer) locals.push(...at.names);
    if (!locals.includes("eval")) this.evals.push({ code, locals });
  }

  #add(
    { name, start, end }: { name: string; start: number; end: number },
    scope: Scope | undefined,
    use: Use,
  ): void {
    if (name === "arguments") return;
    for (let at = scope; at !== undefined; at = at.outer) if (at.names.has(name)) return;
    const deferred = this.#functions > 0;
    this.found.push({ shorthand: false, ...use, name, start, end, deferred });
  }
}

function inner(outer: Scope | undefined, names: readonly string[]): Scope | undefined {
  return names.length === 0 ? outer : { names: new Set(names), outer };
}

/** A function or class that takes the name of what it is assigned to. */
function nameless(value: Node | null): Region | undefined {
  let node = value;
  while (node?.type === "ParenthesizedExpression") node = node.expression;
  if (node === null) return undefined;
  const isNameless =
    node.type === "ArrowFunctionExpression" ||
    ((node.type === "FunctionExpression" || node.type === "ClassExpression") && node.id === null);
  return isNameless ? { start: node.start, end: node.end } : undefined;
}
