import { mark } from "./marks.ts";

/** What the names in a cell stand for at the moment it is compiled. */
export interface NotebookScope {
  /** True for a name that the kernel or an earlier cell declared. */
  has(name: string): boolean;
  /** True for a name whose cell failed before it had a value. */
  isUnset(name: string): boolean;
  /** True for a name that can be read, also where it has no value: to read another throws by itself. */
  isBound(name: string): boolean;
  /** True for a name that an earlier cell declared by `const` or imported. */
  isConstant(name: string): boolean;
  /** True for a name of the realm, such as `Math`, that no cell declared. */
  isGlobal(name: string): boolean;
  /** The identifier by which scripts know a name of the notebook, declared or not yet. */
  binding(name: string): string;
}

/** A notebook that nothing was declared in yet. */
export const emptyScope: NotebookScope = {
  has: () => false,
  isUnset: () => false,
  isBound: () => false,
  isConstant: () => false,
  isGlobal: (name) => name in globalThis,
  binding: (name) => name + mark,
};
