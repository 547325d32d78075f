import { setFlagsFromString } from "node:v8";
import vm from "node:vm";

/**
 * Compiles the script of a cell. V8 would keep it in a cache by its text, for longer than any notebook
 * runs: each run is a text of its own.
 */
export function compileScript(code: string, filename: string): vm.Script {
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
