import type { ExecutorFrame, ExecutorRequest } from "../../executor/protocol.ts";
import type { StopSign } from "./stop-flag.ts";

/** What the worker of the cells is told of the page it runs in. */
export interface CellsSettings {
  /** The file name of the notebook. */
  readonly notebook: string;
  /** What a cell may import: the address of the module by the name it is imported by. */
  readonly modules: Readonly<Record<string, string>>;
  /** What a page does not have, by name, with the reason. */
  readonly absent: Readonly<Record<string, string>>;
  /** Asked by a busy cell for a Stop, where no memory is shared. */
  readonly stopAddress?: string;
  /** The module that keeps the files of the page. */
  readonly files?: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A file that the user gave to the page. */
export interface GivenFile {
  readonly path: string;
  readonly file: Blob;
}

/** What the worker of the cells is asked: as the executor process, and what only a page has. */
export type ToCells =
  | Exclude<ExecutorRequest, { type: "exit" | "guard" }>
  | {
      readonly type: "start";
      readonly sign: StopSign;
      readonly mailbox: SharedArrayBuffer | undefined;
      readonly settings: CellsSettings;
    }
  | { readonly type: "stop"; readonly number: number }
  | ({ readonly type: "file" } & GivenFile)
  | {
      readonly type: "drawn";
      readonly id: number;
      readonly bytes?: Uint8Array;
      readonly reason?: string;
    };

/** What it says: frames as the executor process, and a picture that only the page can draw. */
export type CellsMessage =
  | ExecutorFrame
  | { readonly type: "draw"; readonly id: number; readonly svg: string; readonly scale: number };
