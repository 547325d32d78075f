import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { LabError } from "./lab-error.ts";

/** The paths of one folder: nothing outside it is read or written, whatever a path says or a link points to. */
export class Inside {
  private constructor(readonly folder: string) {}

  static async of(folder: string): Promise<Inside> {
    return new Inside(await realpath(folder));
  }

  /** The full path of a name that the page uses, with `/` between folders. Throws `LabError`. */
  async path(name: string): Promise<string> {
    const wanted = this.#resolve(name);
    const real = await realOrParent(wanted);
    if (!this.#holds(real)) throw outside(name);
    return real;
  }

  /** The name that the page uses for a full path. */
  nameOf(path: string): string {
    return relative(this.folder, path).split(sep).join("/");
  }

  #resolve(name: string): string {
    if (name.includes("\0") || isAbsolute(name) || /^[a-z]:|\\/i.test(name)) throw outside(name);
    const parts = name.split("/").filter((part) => part !== "");
    if (parts.some((part) => part.startsWith("."))) throw outside(name);
    return resolve(this.folder, ...parts);
  }

  #holds(path: string): boolean {
    return path === this.folder || path.startsWith(this.folder + sep);
  }
}

/** A file that is to be made has no real path yet; its folder has. */
async function realOrParent(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const folder = await realpath(dirname(path)).catch(() => {
    throw new LabError(404, `there is no folder for ${basename(path)}`);
  });
  return join(folder, basename(path));
}

function outside(name: string): LabError {
  return new LabError(
    403,
    `${JSON.stringify(name)} lies outside the folder of this lab, or is hidden`,
  );
}
