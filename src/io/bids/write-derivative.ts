import { bytesOf, fileNameOf, hashOfFile } from "#platform/files";
import { flag, kind, listOf, text, thing } from "../../core/gate/kinds.ts";
import { checkedFolder } from "../../core/gate/path.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { packageVersion } from "../../core/version.ts";
import { writeText } from "../../core/write-text.ts";
import type { BidsData } from "./bids-data.ts";
import { bidsName } from "./bids-name.ts";
import { plainOptions } from "./plain-options.ts";
import { describeFolder } from "./output-folder.ts";
import { readJson, type Metadata } from "./read-json.ts";

/** What is known of a file that is written, and what it is called. */
export interface BidsOutputOptions {
  /** Entities of its name, as `{ sub: "01", task: "objects", space: "T1w" }`; `sub` and `ses` also give its folder. */
  readonly entities: Readonly<Record<string, string | null | undefined>>;
  /** Kind of data: the folder. Default `func`. */
  readonly datatype?: string;
  /** Last part of the name. */
  readonly suffix?: string;
  /** Files that it was made of: their hashes are kept. */
  readonly sources?: readonly string[];
  /** The data set in which sources lie; they are named from its folder on. */
  readonly data?: BidsData;
  /** Name of the function that made it. */
  readonly function?: string;
  /** Options of that function, with defaults; long arrays are kept as their hash, functions left out. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** When the work began: the sidecar says it, and how many seconds it took until the file was there. */
  readonly started?: Date;
  /** What it is, in words. */
  readonly description?: string;
  /** More of its sidecar, as `{ RepetitionTime: 2 }`. */
  readonly metadata?: Metadata;
  /** Write over a file of the name. Default false: refused. */
  readonly overwrite?: boolean;
  /** Leave a file of the name where its sidecar has the same options and hashes. Default false. */
  readonly resume?: boolean;
}

/** Names of these options. */
export const outputNames: OptionNames<BidsOutputOptions> = {
  entities: thing('an object, as { sub: "01" }'),
  datatype: text,
  suffix: text,
  sources: listOf(text),
  data: thing("a data set, as openBids gives it", "uri"),
  function: text,
  options: thing("an object of options"),
  started: kind(
    "a Date, as new Date() before the work",
    (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  ),
  description: text,
  metadata: thing("an object"),
  overwrite: flag,
  resume: flag,
};

/** A file to be written beside its sidecar. */
export interface Derivative {
  readonly extension: string;
  readonly suffix: string;
  /** More of the sidecar than options say. */
  readonly metadata: Metadata;
  readonly write: (path: string) => Promise<void>;
}

/**
 * Write a file of derivatives and its sidecar. An empty sidecar comes first, so that no image stands without; what it was
 * made of is said once the image is there, so that one half written is not taken for it. Returns the path.
 * Throws `InvalidArgument` where there is one already.
 */
export async function writeDerivative(
  folder: string,
  derivative: Derivative,
  options: BidsOutputOptions,
): Promise<string> {
  checkOptions(options, outputNames);
  const root = checkedFolder(folder).replace(/(?<=.)[\\/]+$/, "");
  const path = pathOf(root, derivative, options);
  const sidecar = path.slice(0, -derivative.extension.length) + ".json";
  const said = await sidecarOf(derivative, options);
  if ((await bytesOf(path)) > 0 && options.overwrite !== true) {
    if (options.resume === true && (await isSame(sidecar, said))) return path;
    throw new InvalidArgument("folder", path, wordsOf(options));
  }
  await describeFolder(root, linksOf(options));
  await writeText(sidecar, "{}\n");
  await derivative.write(path);
  await writeText(sidecar, `${JSON.stringify(withTimes(said, options), undefined, 2)}\n`);
  return path;
}

/** The data sets that sources lie in. */
function linksOf({ data, sources = [] }: BidsOutputOptions): Record<string, string> {
  const uris = sources.map((path) => uriOf(path, data));
  return Object.fromEntries(
    Object.entries(data?.roots ?? {}).filter(([name]) =>
      uris.some((uri) => uri.startsWith(`bids:${name}:`)),
    ),
  );
}

/**
 * Refuse, before the work, what would be refused after it: a file that is there, and names that are none. Throws
 * `InvalidArgument`.
 */
export async function checkDerivative(
  folder: string,
  kind: Pick<Derivative, "extension" | "suffix">,
  options: BidsOutputOptions,
): Promise<void> {
  const path = pathOf(folder, kind, options);
  if (options.overwrite !== true && options.resume !== true && (await bytesOf(path)) > 0)
    throw new InvalidArgument("folder", path, wordsOf(options));
}

function wordsOf({ resume }: BidsOutputOptions): string {
  const made = resume === true ? "it was made with other options or of other files" : "it is there";
  return `${made}; remove it, or write over it with overwrite: true`;
}

function pathOf(
  root: string,
  derivative: Pick<Derivative, "extension" | "suffix">,
  options: BidsOutputOptions,
): string {
  const { entities, datatype = "func", suffix = derivative.suffix } = options;
  const name = bidsName({ entities, suffix, extension: derivative.extension });
  const { sub, ses } = entities;
  const folders = [
    ...(sub === undefined || sub === null ? [] : [`sub-${sub}`]),
    ...(ses === undefined || ses === null ? [] : [`ses-${ses}`]),
  ];
  return [root, ...folders, ...(folders.length > 0 ? [datatype] : []), name].join("/");
}

async function sidecarOf(derivative: Derivative, options: BidsOutputOptions): Promise<Metadata> {
  const { sources = [], data, description } = options;
  const uris = urisOf(sources, data);
  const hashes = await Promise.all(sources.map(hashOfFile));
  return {
    ...(description !== undefined && { Description: description }),
    ...(uris.length > 0 && { Sources: uris }),
    ...derivative.metadata,
    ...options.metadata,
    tsrsa: {
      version: packageVersion,
      ...(options.function !== undefined && { function: options.function }),
      ...(options.options !== undefined && { options: await plainOptions(options.options) }),
      sha256: Object.fromEntries(uris.map((uri, at) => [uri, hashes[at]])),
    },
  };
}

/** Names of sources; those of other places that share one are told apart by their paths. */
function urisOf(sources: readonly string[], data: BidsData | undefined): string[] {
  const uris = sources.map((path) => uriOf(path, data));
  const isShared = (uri: string, path: string) =>
    uris.some((other, at) => other === uri && sources[at] !== path);
  return uris.map((uri, at) => (isShared(uri, sources[at]) ? sources[at] : uri));
}

/** From the folder of its data set on; of a file of another place its name. */
function uriOf(path: string, data: BidsData | undefined): string {
  const inside = Object.values(data?.roots ?? {}).some((root) => path.startsWith(`${root}/`));
  return inside && data !== undefined ? data.uri(path) : fileNameOf(path);
}

/** The sidecar with when the work began, and how long it took. */
function withTimes(said: Metadata, { started }: BidsOutputOptions): Metadata {
  if (started === undefined) return said;
  const seconds = Math.max(0, (Date.now() - started.getTime()) / 1000);
  return {
    ...said,
    tsrsa: { ...(said.tsrsa as Metadata), started: started.toISOString(), seconds },
  };
}

/** Whether a sidecar says the same, whenever it was made. */
async function isSame(sidecar: string, said: Metadata): Promise<boolean> {
  if ((await bytesOf(sidecar)) === 0) return false;
  const found = await readJson(sidecar);
  const own = Object.entries((found.tsrsa ?? {}) as Metadata);
  const lasting = own.filter(([name]) => name !== "started" && name !== "seconds");
  return JSON.stringify({ ...found, tsrsa: Object.fromEntries(lasting) }) === JSON.stringify(said);
}
