import type { CellNames } from "../../transform/cell-names.ts";
import type { GivenFile } from "./cells-messages.ts";
import type { LanguageParts } from "./language-messages.ts";
import type { PageParts } from "./executors.ts";

/** What a page starts the kernel with. */
export interface KernelStart extends Omit<PageParts, "stops"> {
  readonly version: string;
  /** Where the service worker is told of a Stop. */
  readonly tellStopAddress?: string;
  /** Where completion and help come from; without it, from values alone. */
  readonly language?: LanguageParts;
}

/** What the page tells the worker of the kernel. Messages are in Jupyter's JSON form. */
export type ToKernel =
  | ({ readonly type: "start" } & KernelStart)
  | { readonly type: "message"; readonly text: string }
  | ({ readonly type: "file" } & GivenFile)
  | { readonly type: "names"; readonly id: number; readonly sources: readonly string[] }
  | {
      readonly type: "drawn";
      readonly id: number;
      readonly bytes?: Uint8Array;
      readonly reason?: string;
    };

/** What it tells the page. */
export type FromKernel =
  | { readonly type: "hello"; readonly kernel: string }
  | { readonly type: "message"; readonly text: string }
  | { readonly type: "names"; readonly id: number; readonly names: readonly CellNames[] }
  | { readonly type: "draw"; readonly id: number; readonly svg: string; readonly scale: number }
  | { readonly type: "refused"; readonly reason: string };
