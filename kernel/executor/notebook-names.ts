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

  /**
   * Makes the bindings of names that a cell declares; `valued` are those without a value until it gives them one, and
   * `constants` those that nothing may be assigned to.
   */
  declare(
    names: readonly string[],
    {
      valued = [],
      constants = [],
    }: Partial<Record<"valued" | "constants", readonly string[]>> = {},
  ): void {
    for (const name of names) this.#constants.delete(name);
    for (const name of constants) this.#constants.add(name);
    const fresh = valued.filter((name) => !this.#known.has(name));
    this.#bind(names);
    for (const name of fresh) this.#unset.add(name);
    for (const name of names) this.#own.add(name);
  }

  /** These names have their values. */
  settle(names: readonly string[]): void {
    for (const name of names) this.#unset.delete(name);
  }

  #bind(names: readonly string[]): void {
    const fresh = names.filter((name) => !this.#known.has(name));
    if (fresh.length === 0) return;
    const bindings = fresh.map((name) => this.binding(name));
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

  /** The value of a name that is declared. */
  get(name: string): unknown {
    return run(`${valueSlot}${this.binding(name)}`);
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

function run(code: string): unknown {
  return compileScript(code, "names").runInThisContext();
}

/** The names of the notebook whose cells this process runs. */
export const notebookNames = new NotebookNames();
