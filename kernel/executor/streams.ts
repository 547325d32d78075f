import { setTimeout } from "node:timers";
import { send } from "#kernel/channel";
import { cellNow } from "#kernel/context";

export type StreamName = "stdout" | "stderr";

const largestCharacters = 65_536;
const windowMs = 40;
/** So many writes in a window are sent at once; a flood beyond them is gathered. */
const promptWrites = 32;

/** Text not sent yet: pieces written one after another by one cell to one stream. */
let pending: { cell: number; name: StreamName; pieces: string[]; length: number } = {
  cell: 0,
  name: "stdout",
  pieces: [],
  length: 0,
};
let windowStart = 0;
let sentInWindow = 0;
let timer: NodeJS.Timeout | undefined;
const now = performance.now.bind(performance);

/** Sends the text written so far, so that what comes next comes after it. */
export function flushStreams(): void {
  if (pending.pieces.length === 0) return;
  const { cell, name, pieces } = pending;
  reset(cell, name);
  send({ type: "output", cell, output: { type: "stream", name, text: pieces.join("") } });
}

/** Writes text to a stream as the running cell. */
export function writeText(name: StreamName, text: string): void {
  if (text === "") return;
  const cell = cellNow();
  // What a cell prints first is shown at once, however much the one before it printed.
  if (pending.cell !== cell) sentInWindow = 0;
  if (pending.cell !== cell || pending.name !== name) {
    flushStreams();
    reset(cell, name);
  }
  pending.pieces.push(text);
  pending.length += text.length;
  // A cell that prints and is then busy lets no timer fire, and one that crashes sends no more.
  if (mayBeSentNow() || pending.length > largestCharacters) flushStreams();
  else timer ??= setTimeout(flushInTime, windowMs);
}

function mayBeSentNow(): boolean {
  const time = now();
  if (time - windowStart > windowMs) {
    windowStart = time;
    sentInWindow = 0;
  }
  sentInWindow += 1;
  return sentInWindow <= promptWrites;
}

function flushInTime(): void {
  timer = undefined;
  flushStreams();
}

function reset(cell: number, name: StreamName): void {
  pending = { cell, name, pieces: [], length: 0 };
}
