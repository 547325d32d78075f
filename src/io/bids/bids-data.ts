import { InvalidArgument } from "../../core/errors.ts";
import { either, kind, listOf, oneOf, record, text } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { parseTsv } from "../tsv/index.ts";
import { readText } from "../csv/read-text.ts";
import { bytesOf } from "#platform/files";
import { takeApart } from "./bids-name.ts";
import { inOrder, type BidsTree } from "./bids-tree.ts";
import { chooseRuns } from "./choose.ts";
import { describeRun } from "./describe-run.ts";
import { notThere } from "./not-there.ts";
import { inheritedMetadata } from "./inheritance.ts";
import type { OpenPlaces } from "./places.ts";
import type { Metadata } from "./read-json.ts";
import type { BidsFile, BidsRun, BidsRunQuery } from "./types.ts";

/** What files are looked for; what is left out is any. */
export interface BidsFileQuery {
  readonly subject?: string;
  readonly session?: string;
  readonly task?: string;
  readonly datatype?: string;
  readonly suffix?: string;
  readonly extension?: string;
  readonly pipeline?: string;
  readonly entities?: Readonly<Record<string, string>>;
}

const fileNames: OptionNames<BidsFileQuery> = {
  subject: text,
  session: text,
  task: text,
  datatype: text,
  suffix: text,
  extension: text,
  pipeline: text,
  entities: record(text),
};

const label = either(text, listOf(text));
const isNumber = kind("text or a number", (value) => Number.isSafeInteger(value));

const runNames: OptionNames<BidsRunQuery> = {
  subject: label,
  session: label,
  task: label,
  run: either(text, isNumber, listOf(either(text, isNumber))),
  space: text,
  resolution: text,
  hemisphere: oneOf(["L", "R"]),
  desc: text,
  pipeline: text,
  entities: record(text),
};

const boldExtensions = [".nii.gz", ".nii", ".func.gii", ".dtseries.nii"];

/** A data set in BIDS: what was recorded and what was made of it. Folders are listed when they are asked for. */
export class BidsData {
  /** The folder of what was recorded. */
  readonly root: string | null;
  /** What it says of itself. */
  readonly description: Metadata;
  /** Names of the derivatives, as `"fmriprep"`. */
  readonly pipelines: readonly string[];
  /** All subjects, without `sub-`. */
  readonly subjects: readonly string[];
  /** What was left out, in words. */
  readonly notes: readonly string[];
  /** Folders of what was recorded (`raw`) and of derivatives, by name. */
  readonly roots: Readonly<Record<string, string>>;
  readonly #raw: BidsTree | undefined;
  readonly #trees: readonly BidsTree[];
  #preprocessed: Promise<boolean> | undefined;

  constructor({ raw, derivatives, notes }: OpenPlaces, subjects: readonly string[]) {
    this.root = raw?.root ?? null;
    this.description = raw?.description ?? derivatives[0]?.description ?? {};
    this.pipelines = derivatives.map(({ pipeline }) => pipeline);
    this.subjects = subjects;
    this.notes = notes;
    const trees = raw === undefined ? derivatives : [raw, ...derivatives];
    this.roots = Object.fromEntries(trees.map(({ pipeline, root }) => [pipeline, root]));
    this.#raw = raw;
    this.#trees = trees;
    Object.freeze(this);
  }

  /**
   * Functional runs with the files that belong to them, by subject, session, task and run. Where there are several
   * spaces, resolutions, pipelines, hemispheres or echoes, one must be chosen. What was recorded is taken where nothing
   * is preprocessed, or with `pipeline: "raw"`.
   *
   * @throws InvalidArgument for what the data set does not have and for choices left open, naming what there is; for
   *   people or runs asked for that are not there in the version chosen; for one scan in two files, as `run-1` beside
   *   `run-01`; ShapeMismatch for repetition times that contradict each other; FileFormatError.
   */
  async runs(query: BidsRunQuery = {}): Promise<BidsRun[]> {
    checkOptions(query, runNames);
    const subjects = this.#subjectsOf(query.subject);
    const files = await this.#filesOf(subjects);
    const found = chooseRuns(files.filter(isBold), query);
    if (query.pipeline === undefined) await this.#refuseOnlyRecorded(found);
    const runs: BidsRun[] = [];
    const people = bySubject(files);
    for (const image of found)
      runs.push(await this.#run(image, people.get(image.entities.sub) ?? []));
    return runs;
  }

  /** Where others are preprocessed, those who are not must be asked for as such. */
  async #refuseOnlyRecorded(found: readonly BidsFile[]): Promise<void> {
    const file = found.find(({ pipeline }) => pipeline === "raw");
    if (file === undefined || !(await this.#hasPreprocessed())) return;
    throw new InvalidArgument(
      "query",
      file.path,
      'it was recorded and not preprocessed, as other runs here were; leave it out, or take what was recorded with pipeline: "raw"',
    );
  }

  #hasPreprocessed(): Promise<boolean> {
    this.#preprocessed ??= this.#findPreprocessed();
    return this.#preprocessed;
  }

  async #findPreprocessed(): Promise<boolean> {
    for (const tree of this.#trees)
      for (const subject of tree === this.#raw ? [] : this.subjects)
        if ((await tree.filesOf(subject)).some(isBold)) return true;
    return false;
  }

  #run(image: BidsFile, own: readonly BidsFile[]): Promise<BidsRun> {
    const tree = this.#trees.find(({ pipeline }) => pipeline === image.pipeline) as BidsTree;
    return describeRun(image, {
      tree,
      raw: this.#raw,
      files: own,
      recorded: own.filter(({ pipeline }) => pipeline === "raw"),
    });
  }

  /** Files of any kind, as surfaces (`suffix: "pial"`) or MEG (`datatype: "meg"`), in the order of their paths. */
  async files(query: BidsFileQuery = {}): Promise<BidsFile[]> {
    checkOptions(query, fileNames);
    const { subject, session, task, entities, ...rest } = query;
    const all = await this.#filesOf(this.#subjectsOf(subject));
    const wanted = Object.entries({ ses: session, task, ...entities });
    return all.filter(
      (file) =>
        Object.entries(rest).every(
          ([key, value]) => value === undefined || file[key as keyof BidsFile] === value,
        ) &&
        wanted.every(
          ([key, value]) => value === undefined || (file.entities[key] ?? "none") === value,
        ),
    );
  }

  /** Tasks of all subjects, or of some. */
  async tasks(subject?: string | readonly string[]): Promise<string[]> {
    const files = await this.#filesOf(this.#subjectsOf(subject));
    const tasks = files.flatMap(({ entities }) => entities.task ?? []);
    return [...new Set(tasks)].sort(inOrder);
  }

  /**
   * What JSON files say of a file: those beside and above it, the nearer over the others.
   *
   * @param file - its path, also from the folder of the data set on; it need not be there.
   * @throws InvalidArgument for a file of another place or no name of BIDS; FileFormatError.
   */
  async metadata(file: string): Promise<Metadata> {
    text(file, "file");
    const { tree, folder, name } = this.#placeOf(file.replaceAll("\\", "/"));
    const found = takeApart(name);
    if (typeof found === "string") throw new InvalidArgument("file", file, found);
    return inheritedMetadata(tree, { ...found, folder });
  }

  /**
   * How another data set names a file of this one: `bids:fmriprep:sub-01/func/…`.
   *
   * @throws InvalidArgument for a file of another place.
   */
  uri(file: string): string {
    text(file, "file");
    const { tree, folder, name } = this.#placeOf(file.replaceAll("\\", "/"));
    return `bids:${tree.pipeline}:${folder === "" ? name : `${folder}/${name}`}`;
  }

  #placeOf(file: string) {
    const trees = [...this.#trees].sort((a, b) => b.root.length - a.root.length);
    const inside = (tree: BidsTree) => file.startsWith(`${tree.root.replaceAll("\\", "/")}/`);
    const own = trees.find(inside);
    const base = this.root ?? this.#trees[0].root;
    if (own === undefined && !/^([a-zA-Z]:)?\//.test(file) && !file.startsWith(base))
      return this.#split(`${base.replaceAll("\\", "/")}/${file}`, trees, file);
    return this.#split(file, trees, file);
  }

  #split(path: string, trees: readonly BidsTree[], said: string) {
    const tree = trees.find(({ root }) => path.startsWith(`${root.replaceAll("\\", "/")}/`));
    const parts = tree === undefined ? [] : path.slice(tree.root.length + 1).split("/");
    if (tree === undefined || parts.some((part) => part === ".." || part === ""))
      throw new InvalidArgument("file", said, "it lies in none of the folders of the data set");
    return { tree, folder: parts.slice(0, -1).join("/"), name: parts.at(-1) ?? "" };
  }

  /** The table of participants, a row each; without rows where there is none. Throws `FileFormatError`. */
  async participants(): Promise<Record<string, string | number | null>[]> {
    const path = `${this.root ?? this.#trees[0].root}/participants.tsv`;
    if ((await bytesOf(path)) === 0) return [];
    const { text: content, name } = await readText(path);
    const { columns } = parseTsv(content, { name, text: ["participant_id"] });
    const ids = columns.get("participant_id") ?? [...columns.values()][0] ?? [];
    return ids.map((_, row) =>
      Object.fromEntries([...columns].map(([column, cells]) => [column, cells[row]])),
    );
  }

  /** What functional images there are: a row a subject, session, task, space and pipeline, with the number of runs. */
  async overview(): Promise<Record<string, string | number>[]> {
    const images = (await this.#filesOf(this.subjects)).filter(isBold);
    const rows = new Map<string, Record<string, string | number>>();
    for (const { entities, pipeline } of images) {
      const row = {
        ...{ subject: entities.sub, session: entities.ses ?? "", task: entities.task ?? "" },
        ...{
          pipeline,
          space: entities.space ?? "",
          resolution: entities.res ?? entities.den ?? "",
        },
        desc: entities.desc ?? "",
      };
      const key = JSON.stringify(row);
      const files = Number(rows.get(key)?.files ?? 0) + 1;
      rows.set(key, { ...row, files });
    }
    return [...rows.values()];
  }

  #subjectsOf(asked: string | readonly string[] | undefined): readonly string[] {
    if (asked === undefined) return this.subjects;
    return [asked].flat().map((name) => {
      const subject = name.replace(/^sub-/, "");
      if (this.subjects.includes(subject)) return subject;
      throw notThere("subject", name, this.subjects);
    });
  }

  async #filesOf(subjects: readonly string[]): Promise<BidsFile[]> {
    const all: BidsFile[] = [];
    for (const tree of this.#trees)
      for (const subject of subjects) all.push(...(await tree.filesOf(subject)));
    return all;
  }
}

function isBold({ suffix, extension, datatype }: BidsFile): boolean {
  return suffix === "bold" && datatype === "func" && boldExtensions.includes(extension);
}

function bySubject(files: readonly BidsFile[]): Map<string, BidsFile[]> {
  const people = new Map<string, BidsFile[]>();
  for (const file of files) {
    const own = people.get(file.entities.sub);
    if (own === undefined) people.set(file.entities.sub, [file]);
    else own.push(file);
  }
  return people;
}
