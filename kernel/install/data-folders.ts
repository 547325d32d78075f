import { homedir } from "node:os";
import { posix, win32 } from "node:path";

/** What decides where Jupyter's folders are; by default what this process has. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Where a kernel is installed: for the user, below a folder, or in the active environment. */
export type Place =
  | { readonly kind: "user" }
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "environment" };

/** This process's surroundings. */
export function here(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/** The folder of Jupyter's data of a place. Throws if no environment is active and one is asked for. */
export function dataFolder(place: Place, surroundings: Surroundings = here()): string {
  const paths = pathsOf(surroundings);
  switch (place.kind) {
    case "user":
      return userFolder(surroundings);
    case "prefix":
      return paths.join(place.prefix, "share", "jupyter");
    case "environment":
      return paths.join(activeEnvironment(surroundings), "share", "jupyter");
  }
}

/** The folders in which Jupyter looks for kernels, as far as they are known without Python. */
export function searchFolders(surroundings: Surroundings = here()): string[] {
  const { delimiter } = pathsOf(surroundings);
  const { JUPYTER_PATH = "", VIRTUAL_ENV, CONDA_PREFIX } = surroundings.env;
  const listed = JUPYTER_PATH.split(delimiter).filter((folder) => folder !== "");
  const active = VIRTUAL_ENV ?? CONDA_PREFIX;
  const environment =
    active === undefined ? [] : [dataFolder({ kind: "prefix", prefix: active }, surroundings)];
  return [...listed, userFolder(surroundings), ...environment];
}

function userFolder({ platform, env, home }: Surroundings): string {
  const paths = pathsOf({ platform });
  const own = env.JUPYTER_DATA_DIR;
  if (own !== undefined && own !== "") return own;
  if (platform === "darwin") return paths.join(home, "Library", "Jupyter");
  if (platform === "win32")
    return paths.join(env.APPDATA ?? paths.join(home, "AppData", "Roaming"), "jupyter");
  const shared = env.XDG_DATA_HOME;
  const base = shared === undefined || shared === "" ? paths.join(home, ".local", "share") : shared;
  return paths.join(base, "jupyter");
}

function activeEnvironment({ env }: Surroundings): string {
  const folder = env.VIRTUAL_ENV ?? env.CONDA_PREFIX;
  if (folder === undefined || folder === "")
    throw new Error(
      "no Python environment is active (VIRTUAL_ENV and CONDA_PREFIX are not set); " +
        "activate one, or name its folder with --prefix",
    );
  return folder;
}

function pathsOf({ platform }: Pick<Surroundings, "platform">): typeof posix {
  return platform === "win32" ? win32 : posix;
}
