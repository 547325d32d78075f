import { CommanderError } from "commander";
import { isTsrsaError } from "../src/core/errors.ts";
import { exitCodes } from "./exit-codes.ts";
import { shown } from "./shown.ts";
import { UsageError, WorkFailed } from "./usage-error.ts";

/** Say what went wrong, for a person or (with `json`) for a machine; returns the exit code. */
export function reportError(error: unknown, json: boolean): number {
  const code = exitCodeOf(error);
  if (code === exitCodes.done) return code;
  const message = messageOf(error);
  if (json && message !== "") console.error(JSON.stringify({ error: fieldsOf(error, message) }));
  else if (process.env.TSRSA_DEBUG !== undefined) console.error(error);
  // Commander has printed its own, with the advice to look at the help.
  else if (message !== "" && !(error instanceof CommanderError))
    console.error(error instanceof WorkFailed ? shown(message) : `tsrsa: ${shown(message)}`);
  return code;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  const wrongUsage = error instanceof UsageError || isTsrsaError(error, "UNKNOWN_OPTION");
  return wrongUsage ? exitCodes.wrongUsage : exitCodes.failed;
}

function fieldsOf(error: unknown, message: string): Record<string, unknown> {
  if (isTsrsaError(error)) return { code: error.code, message };
  const isUsage = error instanceof UsageError || error instanceof CommanderError;
  return { code: isUsage ? "USAGE" : "FAILED", message };
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if ((code === "EACCES" || code === "EPERM") && path !== undefined)
    return `${path}: this user has no right to it; change its permissions, or name another file`;
  if (code === "EISDIR") return `${path ?? "a path"} is a folder; name a file`;
  return error.message;
}
