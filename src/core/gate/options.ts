import { InvalidArgument, UnknownOption } from "../errors.ts";
import type { JobOptions } from "../job.ts";

/** Every name of an options type, of a union the names of all its members; a name left out does not compile. */
export type OptionNames<Options> = Readonly<Record<NameOf<Options>, true>>;

type NameOf<Options> = Options extends unknown ? Extract<keyof Options, string> : never;

/** Names of how a job is run. It changes no number, so that one set of options serves functions that have it and others. */
export const jobNames: OptionNames<JobOptions> = { signal: true, onProgress: true, jobs: true };

/**
 * Refuse options of names that are not known, with the name that is meant; an unknown name would be ignored without a
 * word. What is undefined is not there. Throws `UnknownOption`, and `InvalidArgument` for what is no object.
 */
export function checkOptions<Options extends object>(
  options: Options,
  known: OptionNames<Options>,
): void {
  const given: unknown = options;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new InvalidArgument("options", given, "give one object, as { name: value }");
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !Object.hasOwn(known, name) && !Object.hasOwn(jobNames, name))
      throw new UnknownOption("option", name, Object.keys(known).sort());
}
