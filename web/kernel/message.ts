import type { Json } from "../json.ts";

/** What a message says of itself. `cell` is ours: the id of the cell that a request is for, which comes back in answers. */
export interface Header extends Json {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly cell?: string;
}

/** A Jupyter message in Jupyter's own JSON form; buffers are base64. */
export interface Message {
  readonly channel: "shell" | "control" | "stdin" | "iopub";
  readonly header: Header;
  readonly parent_header: Partial<Header>;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers?: readonly string[];
}

/** What the server of the lab says besides: which kernel this is, that all missed was heard, that the file changed. */
export type Notice =
  | { readonly type: "hello"; readonly kernel: string; readonly known: boolean }
  | { readonly type: "heard" }
  | { readonly type: "saved"; readonly version: string }
  | { readonly type: "refused"; readonly reason: string };
