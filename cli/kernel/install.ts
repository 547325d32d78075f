import { resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Place } from "../../kernel/install/data-folders.ts";
import { dataFolder, searchFolders } from "../../kernel/install/data-folders.ts";
import { install, shadowing, specFolder, uninstall } from "../../kernel/install/install.ts";
import type { Kernelspec } from "../../kernel/install/kernelspec.ts";
import { kernelspec } from "../../kernel/install/kernelspec.ts";
import { UsageError } from "../usage-error.ts";

/** Where to install; one of them, or the user's folder. */
export interface PlaceOptions {
  readonly user?: boolean;
  readonly prefix?: string;
  readonly sysPrefix?: boolean;
  readonly json?: boolean;
}

/** Installs the kernel and says where. */
export function installKernel(options: PlaceOptions): void {
  const data = dataFolder(placeOf(options));
  const folder = install(spec(), data);
  const shadows = shadowing(data, searchFolders());
  if (options.json === true) return print({ folder, shadowedBy: shadows });
  console.log(`installed the kernel "${spec().display_name}" in ${folder}`);
  for (const other of shadows)
    console.log(
      `note: Jupyter finds ${other} first; run uninstall there, or remove it from JUPYTER_PATH`,
    );
  console.log(
    "choose it in JupyterLab, Jupyter Notebook or VS Code (there: Select Kernel, Jupyter Kernel)",
  );
}

/** Removes the kernel and says from where. */
export function uninstallKernel(options: PlaceOptions): void {
  const data = dataFolder(placeOf(options));
  const removed = uninstall(data);
  const folder = specFolder(data);
  if (options.json === true) return print({ folder, removed });
  console.log(removed ? `removed ${folder}` : `nothing is installed in ${folder}`);
}

/** Prints the kernelspec as JSON. */
export function printSpec(): void {
  print(spec());
}

function spec(): Kernelspec {
  return kernelspec(process.execPath, builtEntry());
}

/** The built entry: Node runs JavaScript only, also when this file runs from source in a test. */
function builtEntry(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  return fileURLToPath(
    new URL(fromSource ? "../../dist/cli/kernel/main.js" : "./main.js", import.meta.url),
  );
}

function placeOf({ user, prefix, sysPrefix }: PlaceOptions): Place {
  const asked = [user, prefix !== undefined, sysPrefix].filter((flag) => flag === true);
  if (asked.length > 1)
    throw new UsageError("--user, --prefix and --sys-prefix exclude each other");
  if (prefix !== undefined) return { kind: "prefix", prefix: resolve(prefix) };
  return { kind: sysPrefix === true ? "environment" : "user" };
}

function print(value: unknown): void {
  console.log(JSON.stringify(value, undefined, 2));
}
