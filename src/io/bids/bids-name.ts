import { isRecord, text } from "../../core/gate/kinds.ts";
import { InvalidArgument } from "../../core/errors.ts";

/** The name of a file in BIDS, taken apart. */
export interface BidsName {
  /** Entities in the order of the name, as `{ sub: "01", task: "objects" }`; values stay the text they are. */
  readonly entities: Readonly<Record<string, string>>;
  /** What kind of data it is: `bold`, `events`, `mask` … */
  readonly suffix: string;
  /** From the first dot on: `.nii.gz`. */
  readonly extension: string;
}

/** A name to be put together; entities without a value are left out. */
export interface BidsNameParts {
  readonly entities: Readonly<Record<string, string | null | undefined>>;
  readonly suffix: string;
  readonly extension?: string;
}

/** The order in which names have their entities. */
const order =
  "sub tpl ses cohort sample task tracksys acq nuc voi ce trc stain rec dir run mod echo flip inv mt part proc hemi space split recording chunk atlas seg scale res den label desc".split(
    " ",
  );

const value = /^[a-zA-Z0-9+]+$/;

/**
 * Take the name of a BIDS file apart. Entities may stand in any order and may be unknown ones.
 *
 * @param file - a name or a path, of which the last part counts.
 * @throws InvalidArgument for what is no such name, saying which part is wrong.
 * @example
 * import { parseBidsName } from "tsrsa";
 * const { entities, suffix, extension } = parseBidsName("sub-01_task-rest_bold.nii.gz");
 * entities; // { sub: "01", task: "rest" }
 * [suffix, extension]; // [ "bold", ".nii.gz" ]
 */
export function parseBidsName(file: string): BidsName {
  text(file, "file");
  const found = takeApart(file.replace(/^.*[\\/]/s, ""));
  if (typeof found !== "string") return found;
  throw new InvalidArgument(
    "BIDS name",
    file,
    `${found}; names are entity-value pairs, then a suffix, as sub-01_task-rest_bold.nii.gz`,
  );
}

/** The parts of a name, or what is wrong with it. */
export function takeApart(name: string): BidsName | string {
  const parts = name.split("_");
  const last = parts.pop() ?? "";
  const dot = last.indexOf(".");
  const suffix = dot < 0 ? last : last.slice(0, dot);
  if ([...parts, suffix].includes("")) return "it has an empty part";
  if (suffix.includes("-")) return "it has no suffix";
  if (!/^[a-zA-Z0-9]+$/.test(suffix)) return `its suffix is ${JSON.stringify(suffix)}`;
  if (parts.length === 0) return "it has no entity";
  const entities: Record<string, string> = {};
  for (const part of parts) {
    const wrong = addEntity(entities, part);
    if (wrong !== undefined) return wrong;
  }
  return { entities, suffix, extension: dot < 0 ? "" : last.slice(dot) };
}

function addEntity(entities: Record<string, string>, part: string): string | undefined {
  const at = part.indexOf("-");
  if (at < 0) return `it has an entity without a value: ${part}`;
  const [key, label] = [part.slice(0, at), part.slice(at + 1)];
  if (!/^[a-zA-Z0-9]+$/.test(key)) return `${JSON.stringify(key)} is no entity`;
  if (label === "") return `it has an empty value: ${key}`;
  if (!value.test(label)) return `a value holds letters, digits and + only: ${label}`;
  if (Object.hasOwn(entities, key)) return `it has ${key} twice`;
  entities[key] = label;
  return undefined;
}

/**
 * Put the name of a BIDS file together, its entities in the order of the standard, unknown ones behind.
 *
 * @throws InvalidArgument for a value that is not letters and digits, and without any entity or suffix.
 * @example
 * import { bidsName } from "tsrsa";
 * bidsName({ entities: { desc: "lss", sub: "01" }, suffix: "betas", extension: ".nii.gz" }); // "sub-01_desc-lss_betas.nii.gz"
 */
export function bidsName({ entities, suffix, extension = "" }: BidsNameParts): string {
  if (!isRecord(entities))
    throw new InvalidArgument("entities", entities, 'give an object, as { sub: "01" }');
  text(suffix, "suffix");
  text(extension, "extension");
  const given = Object.entries(entities).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== null,
  );
  for (const [key, label] of given) checkLabel(label, key);
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const parts = given.sort(([a], [b]) => place(a) - place(b)).map((pair) => pair.join("-"));
  const name = `${[...parts, suffix].join("_")}${extension}`;
  parseBidsName(name);
  return name;
}

/** Throws `InvalidArgument` unless a text can be the value of an entity. */
export function checkLabel(label: unknown, argument: string): asserts label is string {
  if (typeof label === "string" && value.test(label)) return;
  throw new InvalidArgument(argument, label, "a value holds letters and digits only, as myModel");
}
