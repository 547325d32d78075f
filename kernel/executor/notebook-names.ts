import { mark } from "../transform/marks.ts";
import type { NotebookScope } from "../transform/notebook-scope.ts";
import { compileScript, valueSlot } from "#kernel/script";

/** The names of a notebook: bindings of the realm's scripts, which cells see and modules do not. */
export class NotebookNames implements NotebookScope {
  readonly #known = new Set<string>();
  /** How often a declaration was cut short: its binding can never be used, and the next has one mark more. */
  readonly #lost = new Map<string, number>();
  readonly #answered = new Set<string>();
  /** The names that cells declared. */
  readonly #own = new Set<string>();
  /** Names whose cell did not come to give them a value. */
  readonly #unset = new Set<string>();
  /** Those of them without a binding yet: to read them throws, also in functions, and to assign to them binds them. */
  readonly #unbound = new Set<string>();
  readonly #constants = new Set<string>();
  /** What the kernel gives to cells by these names. */
  readonly #kernels = new Map<string, unknown>();

  has(name: string): boolean {
    return this.#known.has(name);
  }

  isUnset(name: string): boolean {
    return this.#unset.has(name) && this.#known.has(name) && this.get(name) === undefined;
  }

  /** A name whose cell failed may be given its value by an assignment. */
  isConstant(name: string): boolean {
    return this.#constants.has(name) && this.#known.has(name) && !this.isUnset(name);
  }

  isGlobal(name: string): boolean {
    return name in globalThis;
  }

  binding(name: string): string {
    return name + mark.repeat(1 + (this.#lost.get(name) ?? 0));
  }

  /** True for a name that can be read. */
  isBound(name: string): boolean {
    return this.#known.has(name) && !this.#unbound.has(name);
  }

  /**
   * Makes the bindings of names that a cell declares; `valued` are those without a value until it gives them one,
   * `captured` those that its functions speak of, and `constants` those that nothing may be assigned to.
   */
  declare(
    names: readonly string[],
    {
      valued = [],
      captured = [],
      constants = [],
    }: Partial<Record<"valued" | "captured" | "constants", readonly string[]>> = {},
  ): void {
    for (const name of names) this.#constants.delete(name);
    for (const name of constants) this.#constants.add(name);
    const late = new Set(valued);
    const spoken = new Set(captured);
    const fresh = valued.filter((name) => !this.#known.has(name));
    const isSpoken = (name: string): boolean => spoken.has(name) || this.#answered.has(name);
    fresh.filter(isSpoken).forEach((name) => this.#leaveUnbound(name));
    this.#bind(names.filter((name) => !(late.has(name) && this.#unbound.has(name))));
    for (const name of fresh) this.#unset.add(name);
    for (const name of names) this.#own.add(name);
  }

  /** Only functions can read such a name too early; they ask the realm for it, which costs those that come later nothing. */
  #leaveUnbound(name: string): void {
    this.#known.add(name);
    this.#unbound.add(name);
    const binding = this.binding(name);
    Object.defineProperty(globalThis, binding, {
      configurable: true,
      get: () => {
        throw new ReferenceError(noValue(name));
      },
      set: (value) => {
        this.#bind([name]);
        Reflect.deleteProperty(globalThis, binding);
        this.assign(name, value);
      },
    });
  }

  /** These names have their values. */
  settle(names: readonly string[]): void {
    for (const name of names) if (!this.#unbound.has(name)) this.#unset.delete(name);
  }

  #bind(names: readonly string[]): void {
    const fresh = names.filter((name) => !this.isBound(name));
    if (fresh.length === 0) return;
    const bindings = fresh.map((name) => this.binding(name));
    for (const name of fresh) if (this.#unbound.delete(name)) this.#known.delete(name);
    // An interrupt may end the script before it ran, which leaves its names unusable for good.
    for (const name of fresh) this.#lost.set(name, (this.#lost.get(name) ?? 0) + 1);
    run(`let ${bindings.join(", ")};`);
    for (const name of fresh) this.#lost.set(name, (this.#lost.get(name) ?? 0) - 1);
    for (const name of fresh) this.#known.add(name);
  }

  /** Lets a name that nobody declared yet mean what `globalThis` has by then, until a cell declares it. */
  answer(names: Iterable<string>): void {
    for (const name of names) {
      if (this.#answered.has(name) || this.#known.has(name)) continue;
      this.#answered.add(name);
      const missing = (): never => {
        throw new ReferenceError(`${name} is not defined`);
      };
      const realm = globalThis as Record<string, unknown>;
      Object.defineProperty(globalThis, this.binding(name), {
        configurable: true,
        get: () => (name in realm ? realm[name] : missing()),
        set: (value) => (name in realm ? void (realm[name] = value) : missing()),
      });
    }
  }

  /** Gives a name of the kernel to the cells, or a name as if a cell had declared it. */
  set(name: string, value: unknown, owner: "kernel" | "cell" = "kernel"): void {
    if (owner === "kernel") this.#kernels.set(name, value);
    else this.#own.add(name);
    this.#bind([name]);
    this.settle([name]);
    this.assign(name, value);
  }

  /** Gives a declared name another value. */
  assign(name: string, value: unknown): void {
    (run(`${valueSlot}(value) => { ${this.binding(name)} = value; }`) as (value: unknown) => void)(
      value,
    );
  }

  /** The value of a name that is declared; undefined for one that has none yet. */
  get(name: string): unknown {
    return this.#unbound.has(name) ? undefined : run(`${valueSlot}${this.binding(name)}`);
  }

  /** The names that are declared. */
  get all(): readonly string[] {
    return [...this.#known];
  }

  /** The names that cells declared, in the order of the alphabet. */
  get own(): readonly string[] {
    return [...this.#own].sort();
  }

  /** How often the names were forgotten. */
  forgets = 0;

  /** Forgets what cells declared; returns how many names that were. Functions that speak of them see undefined. */
  forget(): number {
    this.forgets += 1;
    const names = [...this.#own];
    this.#own.clear();
    this.#unset.clear();
    this.#constants.clear();
    for (const name of names) {
      this.assign(name, undefined);
      this.#known.delete(name);
      this.#answered.delete(name);
      this.#lost.set(name, (this.#lost.get(name) ?? 0) + 1);
      if (this.#kernels.has(name)) this.set(name, this.#kernels.get(name));
    }
    return names.length;
  }
}

/** What is said of a name that is read before its declaration has run. */
export function noValue(name: string): string {
  return `${name} has no value: the cell that declares it ended, or still waits, before it had one`;
}

function run(code: string): unknown {
  return compileScript(code, "names").runInThisContext();
}

/** The names of the notebook whose cells this process runs. */
export const notebookNames = new NotebookNames();
