import type { Debugger, Runtime } from "node:inspector";
import type { Session } from "node:inspector/promises";
import { mark, unmark } from "../transform/marks.ts";

/** A variable as the protocol tells it. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  readonly evaluateName?: string;
  readonly variablesReference: number;
}

const mostVariables = 500;

/** What can be looked into while the code is paused: objects and scopes by number. */
export class Variables {
  readonly #session: Session;
  #objects: string[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** The code goes on: numbers mean nothing any more. */
  forget(): void {
    this.#objects = [];
  }

  scopes({ scopeChain }: Debugger.CallFrame): object[] {
    return scopeChain
      .filter(({ type }) => type !== "global" && type !== "module")
      .map(({ type, object }) => ({
        name: type === "script" ? "Notebook" : type[0].toUpperCase() + type.slice(1),
        variablesReference: this.#numberOf(object),
        expensive: false,
      }));
  }

  /** The members of an object or scope by its number. */
  async of(reference: number): Promise<Variable[]> {
    const objectId = this.#objects[reference - 1];
    if (objectId === undefined) return [];
    const { result } = await this.#session.post("Runtime.getProperties", {
      objectId,
      ownProperties: true,
      generatePreview: false,
    });
    return result
      .flatMap(({ name, value }) => this.#shown(name, value) ?? [])
      .slice(0, mostVariables);
  }

  /** The names of the notebook, whether the code is paused or not. */
  async ofNotebook(): Promise<Variable[]> {
    const { names } = await this.#session.post("Runtime.globalLexicalScopeNames", {});
    const own = names.filter(isOwn).slice(0, mostVariables);
    const values = await Promise.all(own.map((name) => this.#valueOf(name)));
    return own.flatMap((name, i) => this.#shown(name, values[i]) ?? []);
  }

  async #valueOf(name: string): Promise<Runtime.RemoteObject | undefined> {
    const asked: Runtime.EvaluateParameterType = { expression: name };
    const { result, exceptionDetails } = await this.#session.post("Runtime.evaluate", asked);
    return exceptionDetails === undefined ? result : undefined;
  }

  #shown(name: string, value: Runtime.RemoteObject | undefined): Variable | undefined {
    if (value === undefined || isKernels(name)) return undefined;
    const { type, subtype, description } = value;
    const text = description ?? JSON.stringify(value.value) ?? type;
    return {
      name: unmark(name),
      evaluateName: unmark(name),
      value: type === "string" ? JSON.stringify(value.value) : unmark(text).slice(0, 1000),
      type: value.className ?? subtype ?? type,
      variablesReference: this.#numberOf(value),
    };
  }

  #numberOf({ objectId }: Runtime.RemoteObject): number {
    return objectId === undefined ? 0 : this.#objects.push(objectId);
  }
}

const kernels = new Set([
  "babelHelpers",
  "require",
  "__dirname",
  "__filename",
  "display",
  "input",
  "prompt",
  "confirm",
  "comm",
  "widget",
]);

function isKernels(name: string): boolean {
  return name.startsWith("__k") || (name.endsWith(mark) && kernels.has(unmark(name)));
}

function isOwn(name: string): boolean {
  return name.endsWith(mark) && !isKernels(name);
}
