import type { Checked } from "./schema.ts";
import { bool, fields, integer, json, oneOf, optional, record, text } from "./schema.ts";

/** The content of each message a front end may send, checked before anything is done with it. */
export const requests = {
  kernel_info_request: fields({}),
  execute_request: fields({
    code: text,
    silent: optional(bool, false),
    store_history: optional(bool, true),
    user_expressions: optional(record(text), {}),
    allow_stdin: optional(bool, false),
    stop_on_error: optional(bool, true),
  }),
  complete_request: fields({ code: text, cursor_pos: optional(integer, undefined) }),
  inspect_request: fields({
    code: text,
    cursor_pos: optional(integer, undefined),
    detail_level: optional(integer, 0),
  }),
  is_complete_request: fields({ code: text }),
  history_request: fields({
    hist_access_type: oneOf("tail", "range", "search"),
    output: optional(bool, false),
    raw: optional(bool, true),
    session: optional(integer, 0),
    start: optional(integer, 0),
    stop: optional(integer, undefined),
    n: optional(integer, undefined),
    pattern: optional(text, "*"),
    unique: optional(bool, false),
  }),
  comm_info_request: fields({ target_name: optional(text, undefined) }),
  comm_open: fields({ comm_id: text, target_name: text, data: optional(json, {}) }),
  comm_msg: fields({ comm_id: text, data: optional(json, {}) }),
  comm_close: fields({ comm_id: text, data: optional(json, {}) }),
  create_subshell_request: fields({}),
  delete_subshell_request: fields({ subshell_id: text }),
  list_subshell_request: fields({}),
  debug_request: fields({
    seq: integer,
    command: text,
    arguments: optional(json, {}),
  }),
  interrupt_request: fields({}),
  shutdown_request: fields({ restart: optional(bool, false) }),
  input_reply: fields({ value: optional(text, "") }),
} as const;

export type RequestType = keyof typeof requests;

/** The checked content of a request. */
export type Request<T extends RequestType> = Checked<(typeof requests)[T]>;

export function isRequestType(type: string): type is RequestType {
  return Object.hasOwn(requests, type);
}
