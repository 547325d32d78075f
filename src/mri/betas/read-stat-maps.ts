import { oneOf, text, texts } from "../../core/gate/kinds.ts";
import { checkedFolder } from "../../core/gate/path.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, MissingFile } from "../../core/errors.ts";
import { BidsTree, inOrder, namesIn } from "../../io/bids/bids-tree.ts";
import type { BidsFile } from "../../io/bids/index.ts";
import type { Patterns } from "../glm/index.ts";
import type { Volume } from "../grid.ts";
import { stackPatterns } from "./stacked-patterns.ts";

/** Which maps of contrasts. */
export interface ReadStatMapsOptions {
  /** One person; needed where there are several. */
  readonly subject?: string;
  /** Which number of each contrast. Default `effect`. */
  readonly stat?: string;
  /** Contrasts, by the labels of the files. Default: all. */
  readonly contrasts?: readonly string[];
  readonly task?: string;
  readonly space?: string;
  /** Where there are maps of each run and maps of runs together: which. Both would be one data twice. */
  readonly runs?: "each" | "all";
  readonly mask?: Volume;
}

const optionNames: OptionNames<ReadStatMapsOptions> = {
  subject: text,
  stat: text,
  contrasts: texts,
  task: text,
  space: text,
  runs: oneOf(["each", "all"]),
  mask: true,
};

/**
 * Patterns from maps of contrasts as nilearn (`save_glm_to_bids`) and fitlins write them,
 * `sub-01_…_run-1_contrast-face_stat-effect_statmap.nii.gz`: an item a contrast, a run a run (`all` for maps of several
 * runs together). Folders of nodes (`node-runLevel`) are looked into.
 *
 * @param folder - of the derivatives.
 * @throws MissingFile where there are none; InvalidArgument for several people, tasks, spaces or nodes, naming them, and
 *   for maps of runs beside a map of them together;
 *   ShapeMismatch for maps on several grids.
 * @example
 * import { readStatMaps } from "tsrsa";
 * async function conditions(folder: string) {
 *   return readStatMaps(folder, { subject: "01", contrasts: ["face", "house"] });
 * }
 */
export async function readStatMaps(
  folder: string,
  options: ReadStatMapsOptions = {},
): Promise<Patterns> {
  checkOptions(options, optionNames);
  const root = checkedFolder(folder).replace(/(?<=.)[\\/]+$/, "");
  const { stat = "effect", contrasts } = options;
  const all = (await statMaps(root)).filter(({ entities }) => entities.contrast !== undefined);
  let left = only(all, "stat", (file) => file.entities.stat ?? "none", stat);
  left = only(
    left,
    "subject",
    (file) => file.entities.sub ?? "none",
    options.subject?.replace(/^sub-/, ""),
  );
  left = only(left, "task", (file) => file.entities.task ?? "none", options.task);
  left = only(left, "space", (file) => file.entities.space ?? "none", options.space);
  left = only(left, "node", ({ pipeline }) => pipeline, undefined);
  left = only(left, "runs", levelIn(left), options.runs);
  for (const name of contrasts ?? [])
    only(left, "contrasts", ({ entities }) => entities.contrast, name);
  left = left.filter(({ entities }) => contrasts?.includes(entities.contrast) ?? true);
  if (left.length === 0)
    throw new MissingFile(
      `${root}/…_contrast-NAME_stat-${stat}_statmap.nii.gz`,
      "give the folder of derivatives of nilearn or fitlins",
    );
  return stackPatterns(left.sort(byRun).map(patternFile), {
    ...(options.mask !== undefined && { mask: options.mask }),
    notes: [],
    residuals: () =>
      Promise.reject(
        new MissingFile(
          `of residuals in ${root}`,
          "they are not among derivatives; fit the runs here with firstLevel or trialBetas",
        ),
      ),
  });
}

async function statMaps(root: string): Promise<BidsFile[]> {
  const nodes = (await namesIn(root)).filter((name) => name.startsWith("node-"));
  const all: BidsFile[] = [];
  for (const node of ["", ...nodes]) {
    const base = node === "" ? root : `${root}/${node}`;
    const tree = new BidsTree({
      root: base,
      pipeline: node === "" ? "root" : node,
      description: {},
    });
    for (const subject of await tree.subjects()) all.push(...(await tree.filesOf(subject)));
  }
  return all.filter(
    ({ suffix, extension }) => suffix === "statmap" && /^\.nii(\.gz)?$/.test(extension),
  );
}

/** Files of one value, which must be said where there are several. */
function only(
  files: readonly BidsFile[],
  word: string,
  of: (file: BidsFile) => string,
  asked: string | undefined,
): BidsFile[] {
  const known = [...new Set(files.map(of))].sort(inOrder);
  if (asked === undefined && known.length < 2) return [...files];
  if (asked !== undefined && (known.includes(asked) || known.length === 0))
    return files.filter((file) => of(file) === asked);
  throw new InvalidArgument(word, asked, `there are ${known.slice(0, 40).join(", ")}; choose one`);
}

function runOf({ entities }: BidsFile): string {
  const session = entities.ses === undefined ? [] : [`ses-${entities.ses}`];
  return [...session, entities.run ?? "all"].join("_");
}

/** `all` for a map that is of the same data as maps of single runs or sessions. */
function levelIn(files: readonly BidsFile[]): (file: BidsFile) => "each" | "all" {
  const isPartOf = (part: BidsFile["entities"], { ses, run }: BidsFile["entities"]) =>
    (ses === undefined && part.ses !== undefined) ||
    (run === undefined && part.run !== undefined && (ses === undefined || ses === part.ses));
  const all = new Set(
    files.filter(({ entities }) => files.some((one) => isPartOf(one.entities, entities))),
  );
  const isOfAll = ({ entities }: BidsFile) => entities.run === undefined;
  return (file) => ((all.size > 0 ? all.has(file) : files.every(isOfAll)) ? "all" : "each");
}

function patternFile(file: BidsFile) {
  return { path: file.path, item: file.entities.contrast, run: runOf(file) };
}

function byRun(a: BidsFile, b: BidsFile): number {
  return inOrder(runOf(a), runOf(b)) || inOrder(a.path, b.path);
}
