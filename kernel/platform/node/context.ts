import { AsyncResource, executionAsyncId, triggerAsyncId } from "node:async_hooks";
import { frameOf, frameOfError } from "./frames.ts";
import { followsFrames, Storage } from "./storage.ts";

/** The cell, or other work, that code belongs to: it follows what that code starts. */
const owner = new Storage<number>();
let newest = 0;

/** Runs `work` as part of a cell: what it prints, now or later, belongs to that cell. */
export function inCell<T>(cell: number, work: () => T): T {
  newest = cell;
  noteStart(cell);
  return owner.run(cell, work);
}

/** Runs `work` that may lie within a cell: what it prints is its own. */
export function inWork<T>(number: number, withinCell: boolean, work: () => T): T {
  if (!withinCell) newest = number;
  return owner.run(number, work);
}

/** Runs `work` for a cell that may have ended. */
export function asCell(cell: number, work: () => void): void {
  owner.run(cell, work);
}

/** Runs `work` for the cell that runs, or ran last. */
export function asNewest(work: () => void): void {
  owner.run(newest, work);
}

/** The cell that the running code belongs to; where nobody knows, the one that runs, or ran last. */
export function cellNow(): number {
  return knownCell() ?? newest;
}

/** The cell that the running code belongs to, if that is known. */
function knownCell(): number | undefined {
  return owner.getStore() ?? cellOfCallback();
}

/** The cell that an error nobody caught came from, if that is known; `promise` was rejected with it. */
export function cellOfError(error: unknown, promise: object | undefined): number | undefined {
  const frame = promise === undefined ? frameOfError(error) : frameOf(promise);
  return (frame?.get(owner) as number | undefined) ?? knownCell();
}

/** The number of the first resource made in each of the last cells. */
let starts: { readonly id: number; readonly cell: number }[] = [];
const mostStarts = 200;

function noteStart(cell: number): void {
  if (!followsFrames) return;
  starts.push({ id: new AsyncResource("cell").asyncId(), cell });
  if (starts.length > 2 * mostStarts) starts = starts.slice(-mostStarts);
}

/**
 * Callbacks of sockets, children and workers carry no frame; but the number of what called them, and of
 * what made that (a server its connections), tells when it was made.
 */
function cellOfCallback(): number | undefined {
  if (!followsFrames) return undefined;
  return cellOfResource(triggerAsyncId()) ?? cellOfResource(executionAsyncId());
}

function cellOfResource(id: number): number | undefined {
  return starts.findLast((start) => start.id <= id)?.cell;
}
