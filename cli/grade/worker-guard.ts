import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { packageRoot } from "../package-version.ts";

/**
 * Writes the script that a learner's process loads before all else, and each of its threads after it. Node's permissions
 * end where a thread is started with options or variables of its own, and where code runs on the thread of module hooks.
 * Native code is loaded from the packages alone, never from `own`, the folder the process writes into; `folder` is none of
 * these. Returns the script's path.
 */
export function writeWorkerGuard(folder: string, own: string): string {
  const path = join(folder, "guard.cjs");
  const root = realpathSync(packageRoot());
  const packages = join(root, "node_modules");
  const trusted = [root, ...(existsSync(packages) ? [realpathSync(packages)] : [])];
  const hooks = pathToFileURL(join(root, "dist/kernel/executor/files/hooks.js")).href;
  const known = { hooks, own: own + sep, trusted: trusted.map((one) => one + sep) };
  writeFileSync(
    path,
    `"use strict";\nconst { hooks, own, trusted } = ${JSON.stringify(known)};\n${script}`,
  );
  return path;
}

/** Everything it uses later is taken at the start: what a learner's code replaces is not asked. */
const script = `
const workers = require("node:worker_threads");
const modules = require("node:module");
const { construct, apply } = Reflect;
const { create, defineProperty } = Object;
const { Worker, SHARE_ENV } = workers;
const { register } = modules;
const toText = String;
const kept = ["eval", "workerData", "stdin", "stdout", "stderr", "trackUnmanagedFds", "transferList", "resourceLimits", "name", "argv"];
const nTrusted = trusted.length;
const nKept = kept.length;
const fixed = (on, name, value) => defineProperty(on, name, { value, writable: false, configurable: false, enumerable: true });

const optionsOf = (given) => {
  const options = create(null);
  for (let i = 0; i < nKept; i++) if (given != null && given[kept[i]] !== undefined) options[kept[i]] = given[kept[i]];
  options.env = SHARE_ENV;
  return options;
};
const traps = create(null);
traps.construct = (to, args, made) => {
  const list = create(null);
  list.length = 2;
  list[0] = args[0];
  list[1] = optionsOf(args[1]);
  return construct(to, list, made);
};
const Guarded = new Proxy(Worker, traps);
fixed(Worker.prototype, "constructor", Guarded);
fixed(workers, "Worker", Guarded);

// Node starts the thread of hooks itself, with an object of options that has these names from its prototype.
for (const name of ["execArgv", "env"])
  defineProperty(Object.prototype, name, {
    configurable: false,
    enumerable: false,
    get: () => undefined,
    set(value) {
      if (this !== Object.prototype) defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
    },
  });
fixed(process, "env", process.env);
fixed(modules, "register", (specifier, ...rest) => {
  const url = toText(specifier);
  if (url !== hooks) throw new Error("module.register is not for cells that are marked");
  return register(url, ...rest);
});

const { dlopen } = process;
const realpath = require("node:fs").realpathSync.native;
const { startsWith } = String.prototype;
fixed(process, "dlopen", (module, file, ...flags) => {
  const path = realpath(toText(file));
  let isOfPackages = false;
  for (let i = 0; i < nTrusted; i++) isOfPackages ||= apply(startsWith, path, [trusted[i]]);
  if (!isOfPackages || apply(startsWith, path, [own])) throw new Error("no native code from outside the packages");
  return apply(dlopen, process, [module, path, ...flags]);
});
modules.syncBuiltinESMExports();
`;
