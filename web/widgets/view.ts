import { sliderCode } from "../../kernel/comm/slider.ts";
import type { Json } from "../json.ts";
import { isObject, wordsOf } from "../json.ts";
import { sandbox } from "../output/sandbox.ts";
import { element } from "../view/element.ts";
import type { Model, ModelListener, SendToModel } from "./models.ts";

/** A view of a widget: our own slider as a part of the page, all others in a frame that is nobody. */
export function widgetView(model: Model, send: SendToModel): HTMLElement {
  const isOurs = model.state._esm === sliderCode;
  return isOurs ? sliderView(model, send) : framedView(model, send);
}

function sliderView(model: Model, send: SendToModel): HTMLElement {
  const name = element("span");
  const value = element("output");
  const input = element("input", { type: "range" });
  const view = element("label", { class: "slider" }, name, input, value);
  const show = (): void => {
    const { state } = model;
    name.textContent = wordsOf(state.label);
    for (const key of ["min", "max", "step", "value"] as const) input[key] = String(state[key]);
    value.textContent = String(state.value);
  };
  const later = onceAFrame(() => {
    send(model.id, { method: "update", state: { value: input.valueAsNumber }, buffer_paths: [] });
  });
  input.addEventListener("input", () => {
    model.state = { ...model.state, value: input.valueAsNumber };
    value.textContent = input.value;
    later();
  });
  listenWhileShown(view, model, {
    onUpdate: show,
    onCustom: () => undefined,
    onClose: () => (input.disabled = true),
  });
  show();
  return view;
}

/** A hand moves faster than a screen shows: one message a frame is enough. */
function onceAFrame(work: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      work();
    });
  };
}

function framedView(model: Model, send: SendToModel): HTMLElement {
  const { _esm: esm, _css: css, ...state } = model.state;
  const frame = sandbox({ type: "widget", esm: String(esm), css: wordsOf(css), state }, (message) =>
    receive(message, model, send),
  );
  listenWhileShown(frame.element, model, {
    onUpdate: (changes) => frame.send({ type: "update", changes }),
    onCustom: (content) => frame.send({ type: "message", content }),
    onClose: () =>
      frame.element.replaceWith(element("p", { class: "note" }, "the widget was closed")),
  });
  return frame.element;
}

function receive({ type, changes, content }: Json, model: Model, send: SendToModel): void {
  if (type === "custom") send(model.id, { method: "custom", content });
  if (type !== "changes" || !isObject(changes)) return;
  model.state = { ...model.state, ...changes };
  send(model.id, { method: "update", state: changes, buffer_paths: [] });
}

/** A view that left the page listens no more; it is looked at when the model speaks. */
function listenWhileShown(view: HTMLElement, model: Model, listener: ModelListener): void {
  let wasShown = false;
  const isGone = (): boolean => {
    wasShown ||= view.isConnected;
    if (wasShown && !view.isConnected) model.listeners.delete(guarded);
    return wasShown && !view.isConnected;
  };
  const guarded: ModelListener = {
    onUpdate: (changes) => isGone() || listener.onUpdate(changes),
    onCustom: (content) => isGone() || listener.onCustom(content),
    onClose: () => isGone() || listener.onClose(),
  };
  model.listeners.add(guarded);
}
