import type { StaleReason } from "../notebook/stale.ts";
import type { Phase } from "../run/notebook-run.ts";
import type { SaveState } from "../run/saver.ts";

/** What a cell says of its run; nothing where there is nothing to say. */
export function phaseText({ state }: Phase): string {
  switch (state) {
    case "waiting":
      return "waits";
    case "running":
      return "runs";
    case "aborted":
      return "not run: a cell before it failed, or the kernel ended";
    default:
      return "";
  }
}

/** How long a cell took, where that was noticeable. */
export function timeOf({ seconds }: Phase): string {
  return seconds !== undefined && seconds >= 1 ? timeText(seconds) : "";
}

/** Seconds as a reader takes them in. */
export function timeText(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Why a cell is stale. `numberOf` names a cell. */
export function staleText(reason: StaleReason, numberOf: (id: string) => string): string {
  switch (reason.why) {
    case "edited":
      return "stale: edited since it ran";
    case "deleted":
      return `stale: the cell that made ${reason.name} was deleted; only the kernel still has it`;
    case "input":
      return `stale: ${reason.name} changed since, in ${numberOf(reason.by)}`;
  }
}

/** What the notebook says of its file. */
export function saveText(state: SaveState): string {
  switch (state.state) {
    case "saved":
      return "saved";
    case "unsaved":
      return "not saved yet";
    case "saving":
      return "saving …";
    case "conflict":
      return "not saved: the file was changed by another";
    case "failed":
      return `not saved: ${state.reason}`;
  }
}

/** Bytes as a reader takes them in. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1000).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
