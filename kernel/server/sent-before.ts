import type { Header } from "../messages/message.ts";

/** How long after a failure requests may still be on their way that were sent before it. */
const onTheirWayMs = 250;

/** A cell that failed: its request, when that came, and when it failed. */
export interface Failure {
  readonly header: Header;
  readonly cameAt: number;
  readonly failedAt: number;
}

/**
 * True for a request that was sent before a cell failed, though it came after: a front end that sends
 * all cells at once means those behind the failing one to be aborted, however fast it failed. The clock of
 * the front end may be another: what counts is how long after the failing request this one was sent.
 */
export function wasSentBefore(
  header: Header,
  { header: first, cameAt, failedAt }: Failure,
): boolean {
  if (header.session !== first.session || Date.now() - failedAt > onTheirWayMs) return false;
  const later = timeOf(header) - timeOf(first);
  return later >= 0 && cameAt + later < failedAt;
}

function timeOf({ date }: Header): number {
  // Without a time zone the date may mean another hour.
  const isSure = typeof date === "string" && /(?:Z|[+-]\d\d:?\d\d)$/.test(date);
  return isSure ? Date.parse(date) : NaN;
}
