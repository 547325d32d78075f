import { isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import type { Kept } from "../checkpoint/checkpoint.ts";
import { restore, save } from "../checkpoint/checkpoint.ts";
import type { Restore } from "../checkpoint/decode.ts";
import { CheckpointError, restoreOf } from "../checkpoint/nodes.ts";
import { send } from "#kernel/channel";
import { isPackage } from "./files/specifiers.ts";
import { importAsCell } from "./kernel-names.ts";
import { notebookFile } from "./notebook-file.ts";
import { notebookNames } from "./notebook-names.ts";

/** The file of the last checkpoint: once there is one, it is written again when the process ends. */
let lastPath: string | undefined;

/** The file a magic names, or the one beside the notebook. */
export function checkpointPath(folder: string, text: string): string {
  const file = text.trim().replace(/^(["'])(.*)\1$/, "$2");
  return file === "" ? join(folder, `${notebookFile()}.checkpoint`) : resolve(folder, file);
}

/** Writes what the cells declared, as far as it is data. */
export function saveNotebook(path: string): Kept & { readonly bytes: number } {
  const kept = save(
    path,
    notebookNames.own
      .filter((name) => !notebookNames.isUnset(name))
      .map((name) => [name, notebookNames.get(name)] as const),
  );
  lastPath = path;
  return kept;
}

/** Declares the names of a checkpoint with their values. */
export async function restoreNotebook(path: string): Promise<Kept> {
  const kept = await restore(path, makeAnew, (name, value) =>
    notebookNames.set(name, value, "cell"),
  );
  send({ type: "restored", names: kept.names });
  return kept;
}

/** The process ends, and can still say what it held. */
export function saveAtExit(): void {
  if (lastPath === undefined) return;
  try {
    send({ type: "saving" });
    saveNotebook(lastPath);
  } catch {
    // The last checkpoint stays.
  }
}

/** Only what an installed package offers for the purpose is called: a file must not choose what runs. */
const makeAnew: Restore = async ({ module, name, data }) => {
  if (!isPackage(module) || isBuiltin(module))
    throw new CheckpointError(`${JSON.stringify(module)} is no package that brings values back`);
  const namespace = await importAsCell(module);
  const made = exportOf(namespace, name);
  if (module === "danfojs") return danfojsFrame(made, name, data);
  const make = made === undefined ? undefined : (made as Record<symbol, unknown>)[restoreOf];
  if (typeof make === "function") return (make as (data: unknown) => unknown).call(made, data);
  throw new CheckpointError(`${module} has no ${name} with Symbol.for("Jupyter.restore")`);
};

function exportOf(namespace: object, name: string): object | undefined {
  const whole = (namespace as { default?: unknown }).default;
  for (const home of [namespace, whole]) {
    if ((typeof home !== "object" && typeof home !== "function") || home === null) continue;
    if (!Object.hasOwn(home, name)) continue;
    const found = (home as Record<string, unknown>)[name];
    if (typeof found === "function" || (typeof found === "object" && found !== null)) return found;
  }
  return undefined;
}

function danfojsFrame(made: unknown, name: string, data: unknown): unknown {
  if ((name !== "DataFrame" && name !== "Series") || typeof made !== "function")
    throw new CheckpointError(`danfojs has no ${name} that brings values back`);
  const { values, ...options } = data as { values: unknown };
  return Reflect.construct(made, [values, options]) as unknown;
}
