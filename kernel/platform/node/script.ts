import { setFlagsFromString } from "node:v8";
import vm from "node:vm";

/** What stands before the expression whose value a script has; here a script has the value of its last one. */
export const valueSlot: string = "";

/** A script that is ready to run. */
export interface Compiled {
  /** Runs it among the scripts of the realm; its value. */
  runInThisContext(): unknown;
}

/**
 * Compiles the script of a cell. V8 would keep it in a cache by its text, for longer than any notebook
 * runs: each run is a text of its own.
 */
export function compileScript(code: string, filename: string): Compiled {
  setFlagsFromString("--no-compilation-cache");
  try {
    return new vm.Script(code, {
      filename,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  } finally {
    setFlagsFromString("--compilation-cache");
  }
}
