/** A script that is ready to run. */
export interface Compiled {
  /** Runs it among the scripts of the realm; its value. */
  runInThisContext(): unknown;
}

const slot = "__k_value\u200d";
const realm = globalThis as unknown as Record<string, unknown>;
Object.defineProperty(realm, slot, { value: undefined, writable: true, configurable: false });

/** What stands before the expression whose value a script has: a script of a worker says none. */
export const valueSlot: string = `${slot} = `;

const load = (globalThis as { importScripts?: (address: string) => void }).importScripts;
const createObjectURL = URL.createObjectURL.bind(URL);
const revokeObjectURL = URL.revokeObjectURL.bind(URL);

/** Makes a script of the worker's realm: its declarations are seen by all scripts after it. */
export function compileScript(code: string, filename: string): Compiled {
  return {
    runInThisContext: () => {
      const text = `${code}\n//# sourceURL=${filename}`;
      const address = createObjectURL(new Blob([text], { type: "text/javascript" }));
      realm[slot] = undefined;
      try {
        load?.(address);
        return realm[slot];
      } finally {
        realm[slot] = undefined;
        revokeObjectURL(address);
      }
    },
  };
}
