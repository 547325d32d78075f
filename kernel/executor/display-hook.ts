import { portableBundle } from "../display/bundle.ts";
import { send } from "./channel.ts";
import { cellNow } from "./context.ts";
import type { MimeBundle } from "./protocol.ts";
import { flushStreams } from "./streams.ts";

/**
 * Sets `globalThis[Symbol.for("Jupyter.hook")]`, by which libraries show output in the running cell. Its `wants` are
 * the MIME types beyond the usual that whoever runs the cells asked for (`JUPYTER_HOOK_WANTS`, joined by commas).
 */
export function installDisplayHook(): void {
  const display = (
    bundle: MimeBundle,
    { displayId, update }: { displayId?: string; update?: boolean } = {},
  ): void => {
    flushStreams();
    const output = { type: "display", bundle: portableBundle(bundle), displayId, update } as const;
    send({ type: "output", cell: cellNow(), output });
  };
  const wants = (process.env.JUPYTER_HOOK_WANTS ?? "").split(",").filter((mime) => mime !== "");
  Object.defineProperty(globalThis, Symbol.for("Jupyter.hook"), { value: { display, wants } });
}
