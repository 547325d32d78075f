import { InvalidArgument } from "../../core/errors.ts";
import { inOrder } from "./bids-tree.ts";
import { notThere } from "./not-there.ts";
import { refuseLost } from "./refuse-lost.ts";
import type { BidsFile, BidsRunQuery } from "./types.ts";

/** What a name says of itself in one respect, for a query; `"none"` where it says nothing. */
export type Aspect = (file: BidsFile) => string;

const entity =
  (key: string): Aspect =>
  ({ entities }) =>
    Object.hasOwn(entities, key) ? entities[key] : "none";

/** `res` of volumes, `den` of surfaces. */
export const resolutionOf: Aspect = ({ entities }) => entities.res ?? entities.den ?? "none";

/** Entities by the words of a query. */
const aspects = {
  session: entity("ses"),
  task: entity("task"),
  run: entity("run"),
  space: entity("space"),
  resolution: resolutionOf,
  hemisphere: entity("hemi"),
  pipeline: ({ pipeline }: BidsFile) => pipeline,
} as const satisfies Record<string, Aspect>;

/** Files of the runs that a query asks for. Throws `InvalidArgument` for what no file has, and for choices left open. */
export function chooseRuns(files: readonly BidsFile[], query: BidsRunQuery): BidsFile[] {
  let left = [...files];
  for (const word of ["pipeline", "task", "session", "run", "space", "hemisphere"] as const)
    left = wanted(left, word, aspects[word], query[word]);
  for (const [key, value] of Object.entries(query.entities ?? {}))
    left = wanted(left, key, entity(key), value);
  // What was recorded is another thing than what was made of it.
  if (query.pipeline === undefined && left.some(({ pipeline }) => pipeline !== "raw"))
    left = left.filter(({ pipeline }) => pipeline !== "raw");
  left = withDesc(left, query.desc);
  left = wanted(left, "resolution", aspects.resolution, query.resolution);
  for (const word of ["pipeline", "space", "resolution", "hemisphere"] as const)
    refuseOpen(left, word, aspects[word]);
  left = withoutPhase(left, query);
  for (const key of ["echo", "part", "rec", "cohort"]) refuseSameScan(left, key);
  refuseTwins(left);
  refuseSameRun(left);
  refuseLost(scansOf(files, query), left, query);
  return left.sort(byScan);
}

/** What was asked for, in all its versions. */
function scansOf(files: readonly BidsFile[], query: BidsRunQuery): BidsFile[] {
  let left = [...files];
  for (const word of ["task", "session", "run"] as const)
    left = wanted(left, word, aspects[word], query[word]);
  return left;
}

function wanted(
  files: readonly BidsFile[],
  word: string,
  aspect: Aspect,
  asked: string | number | readonly (string | number)[] | undefined,
): BidsFile[] {
  if (asked === undefined) return [...files];
  const values = (Array.isArray(asked) ? asked : [asked]).map(String);
  const known = valuesOf(files, aspect);
  const same = word === "run" ? sameNumber : (a: string, b: string) => a === b;
  for (const value of values)
    if (!known.some((one) => same(one, value))) throw notThere(word, value, known);
  return files.filter((file) => values.some((value) => same(aspect(file), value)));
}

function sameNumber(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) === Number(b));
}

function valuesOf(files: readonly BidsFile[], aspect: Aspect): string[] {
  return [...new Set(files.map(aspect))].sort(inOrder);
}

/** Of several versions the preprocessed one, and files that do not say. */
function withDesc(files: readonly BidsFile[], desc: string | undefined): BidsFile[] {
  const aspect = entity("desc");
  if (desc !== undefined) return wanted(files, "desc", aspect, desc);
  const usual = files.filter((file) => ["preproc", "none"].includes(aspect(file)));
  if (usual.length > 0 || files.length === 0) return usual;
  refuseOpen(files, "desc", aspect);
  return [...files];
}

function refuseOpen(files: readonly BidsFile[], word: string, aspect: Aspect): void {
  const values = valuesOf(files, aspect);
  if (values.length < 2) return;
  throw new InvalidArgument(
    word,
    undefined,
    `there are runs with ${values.join(", ")}; choose one with ${word}: ${JSON.stringify(values[0])}`,
  );
}

/** Phases of a complex scan are none of its signal. */
function withoutPhase(files: readonly BidsFile[], { entities }: BidsRunQuery): BidsFile[] {
  if (entities?.part !== undefined) return [...files];
  return files.filter((file) => !["phase", "imag", "real"].includes(entity("part")(file)));
}

/** Refuse several files of one scan, which would count as so many runs. */
function refuseSameScan(files: readonly BidsFile[], key: string): void {
  const seen = new Map<string, BidsFile>();
  for (const file of files) {
    const scan = scanOf(file, key);
    const other = seen.get(scan);
    seen.set(scan, file);
    if (other === undefined || entity(key)(other) === entity(key)(file)) continue;
    const values = valuesOf(files, entity(key));
    throw new InvalidArgument(
      `entities.${key}`,
      undefined,
      `one scan has files of ${key} ${values.join(", ")}; choose one with entities: { ${key}: ${JSON.stringify(values[0])} }`,
    );
  }
}

function scanOf({ entities, folder, pipeline }: BidsFile, without: string): string {
  const rest = Object.entries(entities).filter(([key]) => key !== without);
  return JSON.stringify([pipeline, folder, ...rest.sort(([a], [b]) => inOrder(a, b))]);
}

/** Refuse one scan as `.nii` beside `.nii.gz`, or with and without `desc`. */
function refuseTwins(files: readonly BidsFile[]): void {
  const seen = new Map<string, BidsFile>();
  for (const file of files) {
    const scan = scanOf(file, "desc");
    const other = seen.get(scan);
    seen.set(scan, file);
    if (other === undefined) continue;
    const values = valuesOf([other, file], entity("desc"));
    throw new InvalidArgument(
      "query",
      `${other.path} and ${file.path}`,
      values.length > 1
        ? `both are of one scan; choose one with desc: ${JSON.stringify(values.at(-1))}`
        : "both are of one scan, which would count twice; take one of them away",
    );
  }
}

/** Refuse `run-1` beside `run-01`. */
function refuseSameRun(files: readonly BidsFile[]): void {
  const seen = new Map<string, BidsFile>();
  for (const file of files) {
    const { run } = file.entities;
    if (run === undefined) continue;
    const key = `${Number(run)} ${scanOf(file, "run")}`;
    const other = seen.get(key);
    seen.set(key, file);
    if (other === undefined || other.entities.run === run) continue;
    throw new InvalidArgument(
      "run",
      `run-${other.entities.run} and run-${run}`,
      `both are run ${Number(run)} of one scan: ${other.path} and ${file.path}; rename or take away one of them`,
    );
  }
}

/** By subject, session, task and run, then by name. */
function byScan(a: BidsFile, b: BidsFile): number {
  for (const key of ["sub", "ses", "task", "run"]) {
    const order = inOrder(a.entities[key] ?? "", b.entities[key] ?? "");
    if (order !== 0) return order;
  }
  return inOrder(a.path, b.path);
}
