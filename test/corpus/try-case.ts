import { basename } from "node:path";
import { FileFormatError, isTsrsaError } from "../../src/core/errors.ts";
import { allCases } from "./all-cases.ts";
import { digest } from "./digest.ts";
import { readers, type FormatName } from "./reading.ts";
import { pathOf } from "./write-corpus.ts";

/** What came of reading a file: its value, or what was thrown. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** What is wrong with how the file of a case is read; undefined when all is right. */
export async function tryCase(at: number, folder: string): Promise<string | undefined> {
  const { format, refused, as, gives } = allCases[at];
  const path = pathOf(folder, at);
  const outcome = await outcomeOf(format, path);
  if (refused !== undefined) return faultOfRefusal(outcome, path, refused);
  if ("error" in outcome) return `it is refused: ${messageOf(outcome.error)}`;
  if (gives !== undefined)
    return gives(outcome.value as never) ? undefined : "it is read, and not as it should be";
  if (as === undefined) return "the case does not say what must happen";
  const wanted = await readers[format](pathOf(folder, at, "as"));
  return digest(outcome.value) === digest(wanted) ? undefined : "it is not read as the other file";
}

export async function outcomeOf(format: FormatName, path: string): Promise<Outcome> {
  try {
    return { value: await readers[format](path) };
  } catch (error) {
    return { error };
  }
}

function faultOfRefusal(outcome: Outcome, path: string, wanted: RegExp): string | undefined {
  if ("value" in outcome) return "it is read without an error";
  return faultOfError(outcome.error, path) ?? missing(messageOf(outcome.error), wanted);
}

/** An error must be one of ours, name the file, and what was expected and found. */
export function faultOfError(error: unknown, path: string): string | undefined {
  if (!isTsrsaError(error))
    return `an error that is not ours: ${error instanceof Error ? error.stack : String(error)}`;
  if (!error.message.includes(basename(path))) return `no file is named: ${error.message}`;
  if (!(error instanceof FileFormatError)) return undefined;
  const said = [error.field, error.expected, error.found].every((part) => part !== "");
  return said ? undefined : `field, expected or found is empty: ${error.message}`;
}

function missing(message: string, wanted: RegExp): string | undefined {
  return wanted.test(message) ? undefined : `the message is not like ${String(wanted)}: ${message}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
