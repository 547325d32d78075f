import vm from "node:vm";
import { kernelName, mark, unmark } from "../../../kernel/transform/marks.ts";
import type { NotebookScope } from "../../../kernel/transform/notebook-scope.ts";
import type { Dialect } from "../../../kernel/transform/dialect.ts";
import { known as knownValue } from "../../../kernel/executor/known.ts";
import { transformCell } from "../../../kernel/transform/transform.ts";

/** A realm of its own in which cells run one after another, as the executor runs them. */
export interface TestRealm {
  readonly context: vm.Context;
  run(source: string, dialect?: Dialect): Promise<unknown[] | undefined>;
}

/** Makes a realm; `own` takes the place of functions the kernel gives to the code of cells. */
export function testRealm(own: Record<string, unknown> = {}): TestRealm {
  const context = vm.createContext({ results: [], fakeImport: async () => ({}), console });
  const known = new Set<string>();
  const has = (name: string): boolean => known.has(name) || name in context;
  const same = (value: unknown): unknown => value;
  const scope: NotebookScope = {
    has: (name) => known.has(name),
    isUnset: () => false,
    isGlobal: (name) =>
      vm.runInContext(`${JSON.stringify(name)} in globalThis`, context) as boolean,
    binding: (name) => name + mark,
  };
  const fast = (_: unknown, count: number): number[] => new Array<number>(count + 1).fill(0);
  const kernel = {
    w: same,
    each: same,
    has,
    known: knownValue,
    gave: () => undefined,
    caught: () => undefined,
    fast,
    slow: () => undefined,
  };
  context[kernelName] = { ...kernel, ...own };
  context[scope.binding("babelHelpers")] = {};
  const run = async (source: string, dialect?: Dialect): Promise<unknown[] | undefined> => {
    const { code, names } = transformCell(source, scope, dialect);
    const fresh = names.filter((name) => !known.has(name));
    if (fresh.length > 0)
      vm.runInContext(`let ${fresh.map((name) => scope.binding(name)).join(", ")};`, context);
    fresh.forEach((name) => known.add(name));
    try {
      return (await vm.runInContext(code, context)) as unknown[] | undefined;
    } catch (error) {
      throw new Error(unmark(String(error)), { cause: error });
    }
  };
  return { context, run };
}
