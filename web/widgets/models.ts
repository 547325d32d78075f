import type { Json } from "../json.ts";
import { isObject } from "../json.ts";
import type { Message } from "../kernel/message.ts";

/** Sends to the comm of a model. */
export type SendToModel = (model: string, data: Json) => void;

/** The state that a widget shares with the code of the cells; views are told of changes. */
export interface Model {
  readonly id: string;
  state: Readonly<Record<string, unknown>>;
  readonly listeners: Set<ModelListener>;
}

export interface ModelListener {
  onUpdate(changes: Json): void;
  onCustom(content: unknown): void;
  onClose(): void;
}

/** The widgets of a kernel, by what it says on their comms (Jupyter widget protocol 2.1). */
export class WidgetModels {
  readonly #models = new Map<string, Model>();

  get(id: string): Model | undefined {
    return this.#models.get(id);
  }

  get ids(): readonly string[] {
    return [...this.#models.keys()];
  }

  /** Takes a message of a comm; true when a model was added. */
  receive({ header, content, buffers = [] }: Message): boolean {
    const id = String(content.comm_id);
    const data = isObject(content.data) ? content.data : {};
    if (header.msg_type === "comm_open") {
      if (content.target_name !== "jupyter.widget") return false;
      this.#models.set(id, { id, state: stateOf(data, buffers), listeners: new Set() });
      return true;
    }
    const model = this.#models.get(id);
    if (model === undefined) return false;
    if (header.msg_type === "comm_close") this.#close(model);
    else if (data.method === "update") update(model, stateOf(data, buffers));
    else if (data.method === "custom")
      for (const listener of [...model.listeners]) listener.onCustom(data.content);
    return false;
  }

  /** The kernel is another: its widgets are gone. */
  clear(): void {
    for (const model of [...this.#models.values()]) this.#close(model);
  }

  #close(model: Model): void {
    this.#models.delete(model.id);
    for (const listener of [...model.listeners]) listener.onClose();
  }
}

function update(model: Model, changes: Json): void {
  model.state = { ...model.state, ...changes };
  for (const listener of [...model.listeners]) listener.onUpdate(changes);
}

/** The state in a message, with its bytes where they belong. */
function stateOf(data: Json, buffers: readonly string[]): Record<string, unknown> {
  const state = isObject(data.state) ? structuredClone(data.state) : {};
  const paths = Array.isArray(data.buffer_paths) ? data.buffer_paths : [];
  paths.forEach((path: unknown, i) => {
    if (Array.isArray(path) && buffers[i] !== undefined) put(state, path, bytesOf(buffers[i]));
  });
  return { ...state };
}

function put(target: unknown, path: readonly unknown[], value: DataView): void {
  const [step, ...rest] = path;
  if (typeof target !== "object" || target === null) return;
  const place = target as Record<string, unknown>;
  const key = String(step);
  // No path may lead to what all objects share.
  if (!Object.hasOwn(place, key) && rest.length > 0) return;
  if (key === "__proto__") return;
  if (rest.length === 0) place[key] = value;
  else put(place[key], rest, value);
}

function bytesOf(base64: string): DataView {
  const text = atob(base64);
  return new DataView(Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
}
