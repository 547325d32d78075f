import { send } from "./channel.ts";
import { clearSign, isAskedToStop } from "./stop-flag.ts";

let isPending = false;

/** The Stop has come as a message too. */
export function hearStop(): void {
  isPending = true;
}

/** A Stop that was heard is over. */
export function settleStop(): boolean {
  if (isPending || isAskedToStop()) {
    isPending = false;
    clearSign();
    send({ type: "interrupted" });
  }
  return true;
}

/** There is no guard, and no debugger in it. */
export function tellGuard(): void {}
