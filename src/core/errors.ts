import { closest } from "./closest.ts";
import { describeValue } from "./gate/describe.ts";
import { lookAlike } from "./look-alike.ts";

/** The first few of a list, for a message: `"f001", "f002", "f003" and 12 more`. */
export function sample(values: readonly string[], most = 3): string {
  const shown = values.slice(0, most).map(describeValue).join(", ");
  return values.length > most ? `${shown} and ${values.length - most} more` : shown;
}

/** How errors of ours know each other, also across copies of the package. */
const mark: unique symbol = Symbol.for("tsrsa.error") as never;

/** Base of every error this library throws on purpose: a `code`, data, and a message that ends in what to do. */
export abstract class TsrsaError extends Error {
  abstract readonly code: string;
  readonly [mark] = true;
  /** The name of the class, also where a bundler gave the class another: made from the code. */
  override get name(): string {
    // The engine asks for it once before the code is there, for the first line of the stack.
    const code = this.code as string | undefined;
    return code === undefined ? this.constructor.name : nameOfCode(code);
  }
}

/**
 * True when `error` is ours (of `code`, if given); works across copies of the package, unlike `instanceof`.
 *
 * @example
 * import { alignByLabel, isTsrsaError } from "tsrsa";
 * let code = "";
 * try {
 *   alignByLabel(["a"], ["a", "b"]);
 * } catch (error) {
 *   if (isTsrsaError(error)) code = error.code;
 * }
 * code; // ITEM_MISMATCH
 */
export function isTsrsaError(error: unknown, code?: string): error is TsrsaError {
  if (!(error instanceof Error) || !(mark in error)) return false;
  return code === undefined || ("code" in error && error.code === code);
}

function nameOfCode(code: string): string {
  const name = code
    .toLowerCase()
    .replace(/(?:^|_)(\w)/g, (_, first: string) => first.toUpperCase());
  return name === "FileFormat" ? "FileFormatError" : name;
}

/** A value that cannot be what it is: wrong type, range or combination. */
export class InvalidArgument extends TsrsaError {
  readonly code = "INVALID_ARGUMENT";
  constructor(
    readonly argument: string,
    readonly found: unknown,
    advice: string,
  ) {
    super(`invalid ${argument}: ${describeValue(found)}; ${advice}`);
  }
}

/** A name that is not in the list of known ones. */
export class UnknownOption extends TsrsaError {
  readonly code = "UNKNOWN_OPTION";
  constructor(
    readonly option: string,
    readonly found: unknown,
    readonly known: readonly string[],
  ) {
    super(`unknown ${option} ${describeValue(found)}; ${choice(found, known)}`);
  }
}

function choice(found: unknown, known: readonly string[]): string {
  const near = typeof found === "string" ? closest(found, known) : undefined;
  if (near !== undefined) return `did you mean ${JSON.stringify(near)}?`;
  const shown = known.slice(0, mostShown).join(", ");
  const more = known.length > mostShown ? ` and ${known.length - mostShown} more` : "";
  return `choose one of ${shown}${more}`;
}

/** Names listed in a message; as many as the longest list of metrics. */
const mostShown = 24;

/** Sizes that must agree and do not. */
export class ShapeMismatch extends TsrsaError {
  readonly code = "SHAPE_MISMATCH";
  constructor(
    readonly expected: string,
    readonly found: string,
    advice = "check the order of the axes and the number of rows",
  ) {
    super(`expected ${expected}, found ${found}; ${advice}`);
  }
}

/** Two sets of labels that should be the same and are not. */
export class ItemMismatch extends TsrsaError {
  readonly code = "ITEM_MISMATCH";
  constructor(
    readonly missing: readonly string[],
    readonly extra: readonly string[],
    advice = 'restrict both to their common items with items: "common", or name the items explicitly',
  ) {
    const said = [lacking(missing), surplus(extra)].filter(Boolean).join(" and ");
    super(`${said}; ${lookAlike(missing, extra) ?? advice}`);
  }
}

/** A label that is not among the items. */
export class UnknownItem extends TsrsaError {
  readonly code = "UNKNOWN_ITEM";
  constructor(
    readonly item: string,
    readonly items: readonly string[],
  ) {
    const near = closest(item, items);
    super(
      `no item ${JSON.stringify(item)} among ${items.length} items` +
        (near === undefined
          ? `; they begin ${sample(items)}`
          : `; did you mean ${JSON.stringify(near)}?`),
    );
  }
}

/** A label that occurs twice where each must occur once. */
export class DuplicateItem extends TsrsaError {
  readonly code = "DUPLICATE_ITEM";
  constructor(
    readonly duplicates: readonly string[],
    advice = "make the labels unique, or average repeats by label first",
  ) {
    super(
      `${duplicates.length} label${duplicates.length === 1 ? " occurs" : "s occur"} more than once (${sample(duplicates)}); ${advice}`,
    );
  }
}

/** A file whose content is not what its format says. Never a short, empty or guessed result. */
export class FileFormatError extends TsrsaError {
  readonly code = "FILE_FORMAT";
  constructor(
    readonly file: string,
    readonly field: string,
    readonly expected: string,
    readonly found: string,
    options?: ErrorOptions & { advice?: string },
  ) {
    super(
      `${file}: ${field}: expected ${expected}, found ${found}; ${options?.advice ?? "the file is damaged, cut short or of another kind"}`,
    );
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** A file that is not there. */
export class MissingFile extends TsrsaError {
  readonly code = "MISSING_FILE";
  constructor(
    readonly file: string,
    readonly advice: string,
  ) {
    super(`no file ${file}; ${advice}`);
  }
}

/** An optional package that a part of the library needs and that is not installed. */
export class MissingPackage extends TsrsaError {
  readonly code = "MISSING_PACKAGE";
  constructor(
    readonly purpose: string,
    readonly packages: readonly string[],
    options?: ErrorOptions,
  ) {
    super(
      `${purpose} needs ${packages.length === 1 ? "an optional package that is" : "optional packages that are"} not installed; run: npm install --no-save --ignore-scripts ${packages.join(" ")}`,
    );
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** The work was cancelled through its `signal`. */
export class Cancelled extends TsrsaError {
  readonly code = "CANCELLED";
  constructor(readonly work: string) {
    super(`${work} was cancelled; what was finished before is lost, start it again when wanted`);
  }
}

/** Something this build or machine cannot do. */
export class Unsupported extends TsrsaError {
  readonly code = "UNSUPPORTED";
  constructor(
    readonly what: string,
    readonly advice: string,
  ) {
    super(`${what}; ${advice}`);
  }
}

function lacking(missing: readonly string[]): string {
  return missing.length === 0
    ? ""
    : `${missing.length} item${missing.length === 1 ? " is" : "s are"} missing (${sample(missing)})`;
}

function surplus(extra: readonly string[]): string {
  return extra.length === 0
    ? ""
    : `${extra.length} item${extra.length === 1 ? " is" : "s are"} not expected (${sample(extra)})`;
}
