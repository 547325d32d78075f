import type { Header } from "../messages/message.ts";

/** How long after a failure requests may still be on their way that were sent before it. */
const onTheirWayMs = 250;

/**
 * True for a request that was sent before a cell failed, though it came after: a front end that sends
 * all cells at once means those behind the failing one to be aborted, however fast it failed.
 */
export function wasSentBefore({ date }: Header, failedAt: number): boolean {
  if (typeof date !== "string" || Date.now() - failedAt > onTheirWayMs) return false;
  // Without a time zone the date may mean another hour.
  const sent = /(?:Z|[+-]\d\d:?\d\d)$/.test(date) ? Date.parse(date) : NaN;
  return sent < failedAt;
}
