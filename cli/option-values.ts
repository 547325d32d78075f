import { closest } from "../src/core/closest.ts";
import { UsageError } from "./usage-error.ts";

/** A number given on the command line. Throws `UsageError` naming the option. */
export function numberOption(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value)) return value;
    throw new UsageError(`${option} takes a number, not ${JSON.stringify(text)}`);
  };
}

/** One of a list of names. Throws `UsageError` with the nearest name. */
export function nameOption<Name extends string>(
  option: string,
  names: readonly Name[],
): (text: string) => Name {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    const near = closest(text, names);
    throw new UsageError(
      `${option} ${text} is not known; ${near === undefined ? `choose one of ${names.join(", ")}` : `did you mean ${near}?`}`,
    );
  };
}

/** Number of threads: a whole number of at least 1, or -1 for all cores. Throws `UsageError`. */
export function jobsOption(text: string): number {
  const jobs = numberOption("--jobs")(text);
  if (Number.isSafeInteger(jobs) && (jobs >= 1 || jobs === -1)) return jobs;
  throw new UsageError(
    `--jobs takes a whole number of at least 1, or -1 for all cores, not ${text}`,
  );
}

/** A port of this machine: a whole number from 1 to 65535. Throws `UsageError`. */
export function portOption(text: string): number {
  const port = numberOption("--port")(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port takes a whole number from 1 to 65535, not ${text}`);
}
