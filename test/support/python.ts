import { spawnSync } from "node:child_process";

/**
 * A Python that has these modules, for tests beside the libraries of others: the one that TSRSA_PYTHON names, or
 * `python3`. Undefined where there is none: such tests skip.
 */
export function pythonWith(...modules: readonly string[]): string | undefined {
  const imports = `import ${modules.join(", ")}`;
  return [process.env.TSRSA_PYTHON ?? "", "python3"].find(
    (python) => python !== "" && spawnSync(python, ["-c", imports]).status === 0,
  );
}
