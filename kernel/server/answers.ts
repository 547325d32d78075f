import type { Request, RequestType } from "../messages/requests.ts";
import type { Json } from "../messages/schema.ts";
import type { Comms } from "./comms.ts";
import type { Completer } from "./completer.ts";
import type { ExecutorHost } from "./executor-host.ts";
import type { History } from "./history.ts";
import { kernelInfo } from "./kernel-info.ts";
import type { Subshells } from "./subshells.ts";

interface AnswerParts {
  /** Version of this package. */
  readonly version: string;
  readonly history: History;
  readonly host: ExecutorHost;
  readonly comms: Comms;
  readonly completer: Completer;
  readonly subshells: Subshells;
}

/** Answers the requests that run no cell, and that are therefore answered while one runs. */
export class Answers {
  readonly #parts: AnswerParts;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
  }

  async to(type: RequestType, content: Request<RequestType>): Promise<Json> {
    const as = <T extends RequestType>(): Request<T> => content as Request<T>;
    switch (type) {
      case "kernel_info_request":
        return kernelInfo(this.#parts.version);
      case "history_request":
        return { status: "ok", history: this.#parts.history.find(as<typeof type>()) };
      case "comm_info_request":
        return this.#parts.comms.list(as<typeof type>());
      case "is_complete_request":
        return this.#isComplete(as<typeof type>().code);
      case "complete_request":
        return this.#complete(as<typeof type>());
      case "inspect_request":
        return this.#inspect(as<typeof type>());
      case "create_subshell_request":
        return { status: "ok", subshell_id: this.#parts.subshells.create() };
      case "delete_subshell_request":
        return this.#delete(as<typeof type>().subshell_id);
      case "list_subshell_request":
        return { status: "ok", subshell_id: this.#parts.subshells.ids };
      case "debug_request": {
        const executor = await this.#parts.host.get();
        return { ...(await executor.debug(as<typeof type>())) };
      }
      default:
        return failed("UnknownRequest", type);
    }
  }

  #delete(id: string): Json {
    return this.#parts.subshells.delete(id)
      ? { status: "ok" }
      : failed("UnknownSubshell", `there is no subshell ${JSON.stringify(id)}`);
  }

  /** Only consoles ask; the parser is read when one does. */
  async #isComplete(code: string): Promise<Json> {
    const { isComplete } = await import("./is-complete.ts");
    return { ...isComplete(code) };
  }

  async #complete({ code, cursor_pos }: Request<"complete_request">): Promise<Json> {
    const cursor = cursorIn(code, cursor_pos);
    const completion = await this.#parts.completer.complete(code, cursor);
    const { matches, cursorStart, cursorEnd, kinds } = completion;
    const items = matches.map((text, i) => ({
      text,
      type: kinds[i] ?? "",
      start: cursorStart,
      end: cursorEnd,
    }));
    return {
      status: "ok",
      matches,
      cursor_start: cursorStart,
      cursor_end: cursorEnd,
      metadata: items.length > 0 ? { _jupyter_types_experimental: items } : {},
    };
  }

  async #inspect({ code, cursor_pos, detail_level }: Request<"inspect_request">): Promise<Json> {
    const { completer } = this.#parts;
    const detail = detail_level > 0 ? 1 : 0;
    const { found, bundle } = await completer.inspect(code, cursorIn(code, cursor_pos), detail);
    return { status: "ok", found, data: bundle, metadata: {} };
  }
}

function failed(ename: string, evalue: string): Json {
  return { status: "error", ename, evalue, traceback: [evalue] };
}

/** The cursor in code points; absent it stands at the end. */
function cursorIn(code: string, cursor: number | undefined): number {
  const end = [...code].length;
  return cursor === undefined ? end : Math.min(Math.max(cursor, 0), end);
}
