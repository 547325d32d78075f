import { openSet } from "../../../src/engine/open-set.ts";
import { runStatus, type RunStatus } from "../../../src/engine/run-status.ts";

/** Say how far the plans of a folder have come, and what is left. */
export async function printStatus(target: string, json: boolean): Promise<RunStatus> {
  const status = await runStatus(await openSet(target));
  if (json) console.log(JSON.stringify(status));
  else for (const line of linesOf(status)) console.log(line);
  return status;
}

function linesOf(status: RunStatus): string[] {
  const { total, done, plans, secondsLeft, peakBytes, hosts } = status;
  const cost =
    secondsLeft === undefined
      ? "nobody knows yet what a block takes"
      : `about ${timeText(secondsLeft)} of one core left`;
  return [
    ...plans.map((plan) => `${plan.path}: ${plan.label}, ${plan.done} of ${plan.total} blocks`),
    `${done} of ${total} blocks are there; ${done === total ? "nothing is left" : cost}`,
    ...(peakBytes === undefined
      ? []
      : [`at most ${Math.ceil(peakBytes / 1e6)} MB a process; computed on ${hosts.join(", ")}`]),
  ];
}

/** Seconds in words. */
export function timeText(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
