import { Unsupported } from "../../errors.ts";
import type { Spool } from "../../spool.ts";

/** A page has no disk to put numbers aside. */
export async function openSpool(expectedBytes = 0): Promise<Spool> {
  void expectedBytes;
  throw new Unsupported(
    "these activations do not fit into a page's memory",
    "pool or project them, choose fewer layers, or run it in Node",
  );
}
