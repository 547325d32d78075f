import { bytesOf } from "#platform/files";
import { listEntries } from "#platform/folders";
import { FileFormatError, isTsrsaError } from "../../core/errors.ts";
import { readText } from "../csv/read-text.ts";
import { takeApart } from "./bids-name.ts";
import { ignorePatterns, type Ignores } from "./ignore-patterns.ts";
import type { Metadata } from "./read-json.ts";
import type { BidsFile } from "./types.ts";

const datatypes = new Set(
  "anat func fmap dwi perf meg eeg ieeg nirs pet motion beh mrs micr emg".split(" "),
);

/** What a data set is known by. */
export interface BidsTreeParts {
  readonly root: string;
  readonly pipeline: string;
  readonly description: Metadata;
}

/**
 * The folders of one data set. They are listed when they are asked for and once; how deep they are is known, so that
 * links that lead round in a circle lead nowhere.
 */
export class BidsTree {
  readonly root: string;
  readonly pipeline: string;
  readonly description: Metadata;
  readonly #folders = new Map<string, Promise<readonly string[]>>();
  readonly #levels = new Map<string, Promise<readonly BidsFile[]>>();
  #ignores: Promise<Ignores> | undefined;

  constructor({ root, pipeline, description }: BidsTreeParts) {
    this.root = root;
    this.pipeline = pipeline;
    this.description = description;
  }

  /** Names of the subjects' folders, without `sub-`. */
  async subjects(): Promise<string[]> {
    const names = (await this.#names("")).filter((name) => /^sub-[a-zA-Z0-9+]+$/.test(name));
    return names.map((name) => name.slice(4));
  }

  /** All files of a subject whose names are those of BIDS. Throws `FileFormatError` for an image in the wrong folder. */
  async filesOf(subject: string): Promise<BidsFile[]> {
    const top = `sub-${subject}`;
    const sessions = (await this.#names(top)).filter((name) => /^ses-[a-zA-Z0-9+]+$/.test(name));
    const all: BidsFile[] = [];
    for (const folder of [top, ...sessions.map((name) => `${top}/${name}`)]) {
      const types = (await this.#names(folder)).filter((name) => datatypes.has(name));
      for (const name of ["", ...types])
        all.push(...(await this.level(name === "" ? folder : `${folder}/${name}`)));
    }
    all.forEach(checkPlace);
    return all;
  }

  /** Files of one folder whose names are those of BIDS. */
  level(folder: string): Promise<readonly BidsFile[]> {
    const known = this.#levels.get(folder) ?? this.#read(folder);
    this.#levels.set(folder, known);
    return known;
  }

  async #read(folder: string): Promise<readonly BidsFile[]> {
    const names = await this.#names(folder);
    this.#ignores ??= this.#readIgnores();
    const ignores = await this.#ignores;
    const last = folder.split("/").at(-1) ?? "";
    return names.flatMap((name) => {
      const found = takeApart(name);
      if (typeof found === "string" || ignores(folder === "" ? name : `${folder}/${name}`))
        return [];
      const path = folder === "" ? `${this.root}/${name}` : `${this.root}/${folder}/${name}`;
      const datatype = datatypes.has(last) ? last : null;
      return [{ ...found, path, folder, datatype, pipeline: this.pipeline }];
    });
  }

  /** fMRIPrep's own list names confounds and surfaces, for validators: only that of recorded data counts. */
  async #readIgnores(): Promise<Ignores> {
    const path = `${this.root}/.bidsignore`;
    if (this.pipeline !== "raw" || (await bytesOf(path)) === 0) return () => false;
    return ignorePatterns((await readText(path)).text);
  }

  #names(folder: string): Promise<readonly string[]> {
    const known = this.#folders.get(folder) ?? namesIn(`${this.root}/${folder}`);
    this.#folders.set(folder, known);
    return known;
  }
}

/** Names in a folder; none where it is a file, or not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await listEntries(folder)).sort(inOrder);
  } catch (error) {
    if (isTsrsaError(error, "MISSING_FILE")) return [];
    throw error;
  }
}

const collator = new Intl.Collator("en", { numeric: true });

/** The order in which people count; where that does not tell, `01` before `1`. */
export function inOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

function checkPlace({ path, folder, entities, suffix }: BidsFile): void {
  if (suffix !== "bold") return;
  const [subject, session] = ["sub", "ses"].map((key) => {
    const part = folder.split("/").find((name) => name.startsWith(`${key}-`));
    return part?.slice(4);
  });
  if (entities.sub === subject && entities.ses === session) return;
  const place = session === undefined ? `sub-${subject}` : `sub-${subject}_ses-${session}`;
  throw new FileFormatError(path, "name", `${place}_…, as its folder says`, "another", {
    advice: "move it to its folder, or correct its name: whose data they are cannot be told",
  });
}
