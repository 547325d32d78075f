import vm from "node:vm";
import { kernelName, mark, unmark } from "../../../kernel/transform/marks.ts";
import type { NotebookScope } from "../../../kernel/transform/notebook-scope.ts";
import type { Dialect } from "../../../kernel/transform/dialect.ts";
import { guarded, known as knownValue } from "../../../kernel/executor/known.ts";
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
  const constants = new Set<string>();
  const names = {
    get: (name: string): unknown => vm.runInContext(scope.binding(name), context),
    assign: (name: string, value: unknown) =>
      (vm.runInContext(`(v) => { ${scope.binding(name)} = v; }`, context) as (v: unknown) => void)(
        value,
      ),
    isConstant: (name: string) => constants.has(name),
  };
  const same = (value: unknown): unknown => value;
  const scope: NotebookScope = {
    has: (name) => known.has(name),
    isUnset: () => false,
    isBound: () => true,
    isConstant: (name) => constants.has(name),
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
    fixed: guarded("fixed", names),
    early: guarded("early", names),
    fast,
    slow: () => undefined,
  };
  context[kernelName] = { ...kernel, ...own };
  context[scope.binding("babelHelpers")] = {};
  const run = async (source: string, dialect?: Dialect): Promise<unknown[] | undefined> => {
    const cell = transformCell(source, scope, dialect);
    const { code } = cell;
    const fresh = cell.names.filter((name) => !known.has(name));
    if (fresh.length > 0)
      vm.runInContext(`let ${fresh.map((name) => scope.binding(name)).join(", ")};`, context);
    fresh.forEach((name) => known.add(name));
    cell.names.forEach((name) => constants.delete(name));
    cell.constants.forEach((name) => constants.add(name));
    try {
      return (await vm.runInContext(code, context)) as unknown[] | undefined;
    } catch (error) {
      throw new Error(unmark(String(error)), { cause: error });
    }
  };
  return { context, run };
}
