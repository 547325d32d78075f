import { packBuffers, unpackBuffers } from "./buffers.ts";
import type { Comm, CommEvent, Comms } from "./comms.ts";
import { sliderCode } from "./slider.ts";

/** What a widget is made of. */
export interface WidgetOptions<State extends object> {
  /** The code of the view: a module in JavaScript whose default export has `render({ model, el })`. */
  readonly esm: string;
  readonly css?: string;
  /** Shared with the view: either side may change it, and the other is told. */
  readonly state?: State;
}

/** A widget: shown when it is the value of a cell, or by `display`. */
export interface Widget<State extends object> {
  /** The shared state now. */
  get<K extends keyof State>(name: K): State[K];
  /** Changes the state, here and in all views. */
  set(changes: Partial<State>): void;
  /** Calls `handler` when a view changes `name`. Returns what ends that. */
  onChange<K extends keyof State>(name: K, handler: (value: State[K]) => unknown): () => void;
  /** Sends a message to the views. */
  send(content: unknown, buffers?: readonly Uint8Array[]): void;
  /** Calls `handler` with each message a view sends. */
  onMessage(handler: (content: unknown, buffers: readonly Uint8Array[]) => unknown): void;
  /** Ends the widget; its views disappear. */
  close(): void;
}

export interface SliderOptions {
  /** Default: none. */
  readonly label?: string;
  /** Default: 0. */
  readonly min?: number;
  /** Default: 100. */
  readonly max?: number;
  /** Default: 1. */
  readonly step?: number;
  /** Default: `min`. */
  readonly value?: number;
}

/** Makes widgets. */
export interface Widgets {
  /**
   * A widget of the anywidget kind: its view is a small JavaScript module that JupyterLab runs.
   *
   * @example
   * const counter = widget({
   *   esm: "export default { render({ model, el }) { el.textContent = model.get('n'); } }",
   *   state: { n: 1 },
   * });
   */
  <State extends object>(options: WidgetOptions<State>): Widget<State>;
  /**
   * A slider that cells can listen to.
   *
   * @example
   * const radius = widget.slider({ label: "radius (mm)", max: 20, value: 5 });
   * radius.onChange("value", (value) => display.update("figure", draw(value)));
   */
  slider(options?: SliderOptions): Widget<Required<SliderOptions>>;
}

const module = { name: "anywidget", version: ">=0.9.0" };
const protocol = { version: "2.1.0" };

/** Makes the `widget` of a notebook: models of the Jupyter widget protocol 2.1 over its comms. */
export function createWidgets(comms: Comms): Widgets {
  const models = new Map<string, WidgetModel<object>>();
  comms.register("jupyter.widget.control", (control) => answerControl(control, models));
  const widget = <State extends object>(options: WidgetOptions<State>): Widget<State> => {
    const model = new WidgetModel(comms, options, (closed) => void models.delete(closed));
    models.set(model.id, model as unknown as WidgetModel<object>);
    return model;
  };
  const slider = ({
    label = "",
    min = 0,
    max = 100,
    step = 1,
    value = min,
  }: SliderOptions = {}): Widget<Required<SliderOptions>> =>
    widget({ esm: sliderCode, state: { label, min, max, step, value } });
  return Object.assign(widget, { slider });
}

/** A page that was loaded again asks for all widgets at once. */
function answerControl(control: Comm, models: ReadonlyMap<string, WidgetModel<object>>): void {
  control.onMessage(({ data }) => {
    if (data.method !== "request_states") return;
    const open = [...models].filter(([, model]) => !model.closed);
    const states = Object.fromEntries(open.map(([id, model]) => [id, model.description()]));
    const { state, paths, buffers } = packBuffers(states);
    control.send({ method: "update_states", states: state, buffer_paths: paths }, { buffers });
  });
}

class WidgetModel<State extends object> implements Widget<State> {
  readonly #comm: Comm;
  readonly #fixed: Record<string, unknown>;
  readonly #onClosed: () => void;
  readonly #handlers = new Map<keyof State, Set<(value: never) => unknown>>();
  #state: State;
  #onMessage: (content: unknown, buffers: readonly Uint8Array[]) => unknown = () => undefined;

  constructor(
    comms: Comms,
    { esm, css = "", state }: WidgetOptions<State>,
    onClosed: (id: string) => void,
  ) {
    this.#state = { ...state } as State;
    this.#fixed = { ...anywidgetModel(), _esm: esm, _css: css, _anywidget_id: "tsrsa.Widget" };
    const packed = packBuffers({ ...this.#fixed, ...this.#state });
    const data = { state: packed.state, buffer_paths: packed.paths };
    this.#comm = comms.open("jupyter.widget", data, {
      metadata: protocol,
      buffers: packed.buffers,
    });
    this.#onClosed = () => onClosed(this.id);
    this.#comm.onClose(this.#onClosed);
    this.#comm.onMessage((event) => this.#receive(event));
  }

  get id(): string {
    return this.#comm.id;
  }

  get closed(): boolean {
    return this.#comm.closed;
  }

  get<K extends keyof State>(name: K): State[K] {
    return this.#state[name];
  }

  set(changes: Partial<State>): void {
    this.#state = { ...this.#state, ...changes };
    this.#update({ ...changes });
  }

  onChange<K extends keyof State>(name: K, handler: (value: State[K]) => unknown): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  send(content: unknown, buffers: readonly Uint8Array[] = []): void {
    this.#comm.send({ method: "custom", content }, { buffers });
  }

  onMessage(handler: (content: unknown, buffers: readonly Uint8Array[]) => unknown): void {
    this.#onMessage = handler;
  }

  close(): void {
    this.#comm.close();
    this.#onClosed();
  }

  /** What a page needs to make the model anew. */
  description(): Record<string, unknown> {
    return {
      model_name: "AnyModel",
      model_module: module.name,
      model_module_version: module.version,
      state: { ...this.#fixed, ...this.#state },
    };
  }

  _repr_mimebundle_(): Record<string, unknown> {
    return {
      "application/vnd.jupyter.widget-view+json": {
        version_major: 2,
        version_minor: 0,
        model_id: this.id,
      },
      "text/plain": "<widget: shown in JupyterLab with anywidget>",
    };
  }

  #update(state: Record<string, unknown>): void {
    const packed = packBuffers(state);
    const data = { method: "update", state: packed.state, buffer_paths: packed.paths };
    this.#comm.send(data, { buffers: packed.buffers });
  }

  #receive({ data, buffers }: CommEvent): unknown {
    if (data.method === "request_state") return this.#update({ ...this.#fixed, ...this.#state });
    if (data.method === "custom") return this.#onMessage(data.content, buffers);
    const isUpdate = data.method === "update" && typeof data.state === "object";
    if (!isUpdate || data.state === null) return undefined;
    return this.#changed(
      unpackBuffers(data.state as Record<string, unknown>, data.buffer_paths, buffers),
    );
  }

  /** The view may change what the state has; the code of the view is not the page's to change. */
  async #changed(changes: Record<string, unknown>): Promise<void> {
    const names = Object.keys(changes).filter((name) => !(name in this.#fixed)) as (keyof State)[];
    const known = Object.fromEntries(names.map((name) => [name, changes[name as string]]));
    this.#state = { ...this.#state, ...known };
    for (const name of names)
      for (const handler of [...(this.#handlers.get(name) ?? [])])
        await handler(this.#state[name] as never);
  }
}

function anywidgetModel(): Record<string, unknown> {
  return {
    _model_module: module.name,
    _model_module_version: module.version,
    _model_name: "AnyModel",
    _view_module: module.name,
    _view_module_version: module.version,
    _view_name: "AnyView",
    _view_count: null,
  };
}
