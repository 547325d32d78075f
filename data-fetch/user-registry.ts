import { readFileSync } from "node:fs";
import { FileFormatError, MissingFile } from "../src/core/errors.ts";
import { checkName } from "../src/io/zip/index.ts";
import type { DataSet, RemoteFile, Unpacking } from "./data-set.ts";
import { unstorable } from "./unpack/storable-name.ts";

/**
 * The data sets of the user's own registry: a JSON file with a list of objects with `name`, `files` (each with `path`,
 * `url` and, where known, `bytes`, `sha256`, `md5`, `unpack`) and, where known, `title`, `licence`, `citation`,
 * `expects`, `instructions`. `TSRSA_DATA_REGISTRY` names the file. A name of ours stands for our data set at another
 * address: what the entry says replaces what we say.
 */
export function userDataSets(ours: readonly DataSet[]): DataSet[] {
  const path = process.env.TSRSA_DATA_REGISTRY;
  if (path === undefined || path === "") return [];
  const entries = parseRegistry(path);
  const names = new Set<string>();
  return entries.map((entry, at) => {
    const where = `data set ${at}`;
    const name = nameOf(entry, path, where);
    if (names.has(name)) throw wrong(path, `${where}: name`, "one of its own", name);
    names.add(name);
    return toDataSet(
      name,
      entry,
      path,
      ours.find((set) => set.name === name),
    );
  });
}

type Fields = Readonly<Record<string, unknown>>;

function parseRegistry(path: string): Fields[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new MissingFile(path, "TSRSA_DATA_REGISTRY names it; correct the path, or unset it");
  }
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    throw wrong(path, "content", "JSON", cause instanceof Error ? cause.message : "other text");
  }
  if (!Array.isArray(list) || !list.every(isFields))
    throw wrong(path, "content", "a list of data sets", typeof list);
  return list;
}

function nameOf(entry: Fields, path: string, where: string): string {
  const name = text(entry, "name", path, where);
  if (/^[a-z0-9][a-z0-9._-]*$/.test(name)) return name;
  throw wrong(path, `${where}: name`, "small letters, digits, dots and hyphens", name);
}

function toDataSet(name: string, entry: Fields, path: string, ours?: DataSet): DataSet {
  const list = entry.files;
  if (!Array.isArray(list) || !list.every(isFields))
    throw wrong(path, `${name}: files`, "a list of files", typeof list);
  const files = list.map((file, at) => toFile(file, path, `${name}: file ${at}`));
  const expects =
    entry.expects ?? ours?.expects ?? files.filter((file) => !file.unpack).map((file) => file.path);
  if (!Array.isArray(expects) || !expects.every((one) => typeof one === "string"))
    throw wrong(path, `${name}: expects`, "a list of paths", typeof expects);
  return {
    name,
    title: optionalText(entry, "title", path, name) ?? ours?.title ?? name,
    licence: optionalText(entry, "licence", path, name) ?? ours?.licence ?? "not stated",
    citation: optionalText(entry, "citation", path, name) ?? ours?.citation ?? "not stated",
    instructions: optionalText(entry, "instructions", path, name) ?? `see ${path}`,
    usedBy: ours?.usedBy,
    expects,
    files,
    demoVersion: ours?.demoVersion ?? 0,
    makeDemo: ours?.makeDemo?.bind(ours),
  };
}

function toFile(entry: Fields, path: string, where: string): RemoteFile {
  const target = text(entry, "path", path, where);
  checkTarget(target, path, where);
  const url = text(entry, "url", path, where);
  if (!/^https?:\/\//.test(url)) throw wrong(path, `${where}: url`, "an address of the web", url);
  const { bytes } = entry;
  if (bytes !== undefined && !(Number.isSafeInteger(bytes) && Number(bytes) >= 0))
    throw wrong(path, `${where}: bytes`, "a whole number", JSON.stringify(bytes));
  return {
    path: target,
    url,
    bytes: bytes === undefined ? undefined : Number(bytes),
    sha256: hash(entry, "sha256", 64, path, where),
    md5: hash(entry, "md5", 32, path, where),
    unpack: unpacking(entry.unpack, path, where),
  };
}

/** A path inside the folder, under a name that every system can store. */
function checkTarget(target: string, path: string, where: string): void {
  checkName(target, path);
  const why = unstorable(target);
  if (why !== undefined)
    throw wrong(path, `${where}: path`, "one that every system can store", `${target} (${why})`);
}

function hash(entry: Fields, kind: string, digits: number, path: string, where: string) {
  const value = optionalText(entry, kind, path, where)?.toLowerCase();
  if (value === undefined || (value.length === digits && /^[0-9a-f]+$/.test(value))) return value;
  throw wrong(path, `${where}: ${kind}`, `${digits} hexadecimal digits`, value);
}

function unpacking(value: unknown, path: string, where: string): Unpacking | undefined {
  if (value === undefined) return undefined;
  if (!isFields(value)) throw wrong(path, `${where}: unpack`, "an object", typeof value);
  const format = text(value, "format", path, `${where}: unpack`);
  if (format !== "zip" && format !== "tar.gz" && format !== "gz")
    throw wrong(path, `${where}: unpack: format`, "zip, tar.gz or gz", format);
  const below = optionalText(value, "below", path, where);
  const into = optionalText(value, "into", path, where);
  if (into !== undefined) checkTarget(into, path, where);
  return { format, below, into };
}

function text(entry: Fields, field: string, path: string, where: string): string {
  const value = optionalText(entry, field, path, where);
  if (value !== undefined && value !== "") return value;
  throw wrong(path, `${where}: ${field}`, "a text", "nothing");
}

function optionalText(entry: Fields, field: string, path: string, where: string) {
  const value = entry[field];
  if (value === undefined || typeof value === "string") return value;
  throw wrong(path, `${where}: ${field}`, "a text", typeof value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(path: string, field: string, expected: string, found: string): FileFormatError {
  return new FileFormatError(path, field, expected, found, {
    advice: "correct the registry file, or unset TSRSA_DATA_REGISTRY",
  });
}
