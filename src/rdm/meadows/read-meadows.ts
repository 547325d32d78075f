import type { FileInput } from "../../core/byte-source.ts";
import { text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { readWhole } from "../../core/open-source.ts";
import type { Rdm } from "../rdm.ts";
import { type RdmMeta } from "../rdm.ts";
import { withMeta } from "../with.ts";
import { inOrderOfFirst, rdmOf } from "./arrangement.ts";
import { meadowsName } from "./file-name.ts";
import { matArrangements } from "./mat-arrangements.ts";
import { treeArrangements } from "./tree-arrangements.ts";

/** What the name of a file says, where the file was renamed. */
export interface ReadMeadowsOptions {
  /** As `Meadows_objects_v_v1_able-fly_2_1D.mat`, in place of the name that the file has. */
  readonly fileName?: string;
}

const readMeadowsNames: OptionNames<ReadMeadowsOptions> = { fileName: text };

/**
 * The RDMs of an arrangement task of Meadows (meadows-research.com): `.mat` of one person or of several, `.json` of one
 * person with one task or with several. Each has the names of its stimuli (without the ending of their files) and in
 * `meta` the participant, task, taskIndex, experiment and version, as far as file and file name say them.
 *
 * Those of the stimuli of the first are in its order; others keep their own, and `alignRdms(rdms, "common")` brings
 * together what is shared. rsatoolbox gives every person the order of the first person's names, cuts names at the first
 * dot, drops tasks of other stimuli and refuses a single task as JSON.
 *
 * @throws FileFormatError for a file without an arrangement, or pairs and stimuli that do not fit; MissingFile.
 * @example
 * import { readMeadows } from "tsrsa";
 * const tree = { task: { task_type: "multiarrange" }, stimuli: [{ name: "cat" }, { name: "dog" }], rdm: [0.4] };
 * const file = new TextEncoder().encode(JSON.stringify(tree));
 * const [rdm] = await readMeadows(file, { fileName: "Meadows_pets_v_v1_able-fly_2_tree.json" });
 * rdm.between("cat", "dog"); // 0.4
 * rdm.meta.participant; // able-fly
 */
export async function readMeadows(
  input: FileInput,
  options: ReadMeadowsOptions = {},
): Promise<Rdm[]> {
  checkOptions(options, readMeadowsNames);
  const { bytes, name: file } = await readWhole(input);
  const name = meadowsName(options.fileName ?? file);
  const found = isJson(bytes)
    ? treeArrangements(new TextDecoder().decode(bytes), file, name)
    : await matArrangements(bytes, file, name);
  const { experiment, version } = name;
  const more: Record<string, string | number> = {};
  if (experiment !== undefined) more.experiment = experiment;
  if (version !== undefined) more.version = version;
  return inOrderOfFirst(found.map((one) => withAll(rdmOf(one, file), more)));
}

function withAll(rdm: Rdm, more: RdmMeta): Rdm {
  return withMeta(rdm, { ...rdm.meta, ...more });
}

/** An object of JSON begins with a brace, perhaps behind a mark of the byte order or blanks; no `.mat` file does. */
function isJson(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*[{[]/.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}
