import { portableBundle } from "../display/bundle.ts";
import { send } from "./channel.ts";
import { cellNow } from "./context.ts";
import type { MimeBundle } from "./protocol.ts";
import { flushStreams } from "./streams.ts";

/** Sets `globalThis[Symbol.for("Jupyter.hook")]`, by which libraries show output in the running cell. */
export function installDisplayHook(): void {
  const display = (
    bundle: MimeBundle,
    { displayId, update }: { displayId?: string; update?: boolean } = {},
  ): void => {
    flushStreams();
    const output = { type: "display", bundle: portableBundle(bundle), displayId, update } as const;
    send({ type: "output", cell: cellNow(), output });
  };
  Object.defineProperty(globalThis, Symbol.for("Jupyter.hook"), { value: { display } });
}
