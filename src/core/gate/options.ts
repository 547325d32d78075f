import { InvalidArgument, UnknownOption } from "../errors.ts";
import type { JobOptions } from "../job.ts";
import { isRecord, type Kind } from "./kinds.ts";
import { jobKinds, kindOfOption } from "./option-kinds.ts";

/**
 * Every name of an options type, of a union the names of all its members; a name left out does not compile. Beside a
 * name stands what its value must be, or `true` when its name says so (`option-kinds.ts`) or its function looks itself.
 */
export type OptionNames<Options> = Readonly<Record<NameOf<Options>, true | Kind>>;

type NameOf<Options> = Options extends unknown ? Extract<keyof Options, string> : never;

/** Names of how a job is run. It changes no number, so that one set of options serves functions that have it and others. */
export const jobNames: OptionNames<JobOptions> = { signal: true, onProgress: true, jobs: true };

/**
 * Refuse options of names that are not known, with the name that is meant; an unknown name would be ignored without a
 * word. Refuse values of another kind, and null, which says neither a value nor that there is none. What is undefined is
 * not there. Throws `UnknownOption`, and `InvalidArgument`
 * for a value that is not what it must be and for options that are no object.
 */
export function checkOptions<Options extends object>(
  options: Options,
  known: OptionNames<Options>,
): void {
  const given: unknown = options;
  if (!isRecord(given))
    throw new InvalidArgument("options", given, "give one object, as { name: value }");
  for (const [name, value] of Object.entries(given))
    if (value !== undefined) checkOption(name, value, known);
}

function checkOption(
  name: string,
  value: unknown,
  known: Readonly<Record<string, true | Kind>>,
): void {
  const ofJob = Object.hasOwn(jobKinds, name) ? jobKinds[name as keyof typeof jobKinds] : undefined;
  if (!Object.hasOwn(known, name) && ofJob === undefined)
    throw new UnknownOption("option", name, Object.keys(known).sort());
  if (value === null)
    throw new InvalidArgument(name, value, "leave the option out where its default is meant");
  const kind = known[name] ?? true;
  (kind === true ? (ofJob ?? kindOfOption(name)) : kind)?.(value, name);
}

/** The same names but for some, for a function that takes the options of another and not all of them. */
export function without<Names extends object, Left extends keyof Names & string>(
  left: readonly Left[],
  names: Names,
): Omit<Names, Left> {
  const kept = Object.entries(names).filter(([name]) => !left.includes(name as Left));
  return Object.fromEntries(kept) as Omit<Names, Left>;
}
