import { describe, expect, test } from "vitest";
import { packBuffers, unpackBuffers } from "../../../kernel/comm/buffers.ts";
import type { CommHub, CommWire } from "../../../kernel/comm/comms.ts";
import { createComms } from "../../../kernel/comm/comms.ts";
import { createWidgets } from "../../../kernel/comm/widget.ts";

function hub(): { comms: CommHub; sent: CommWire[] } {
  const sent: CommWire[] = [];
  return { comms: createComms((message) => sent.push(message)), sent };
}

describe("comms", () => {
  test("a cell opens one, and both sides speak", () => {
    const { comms, sent } = hub();
    const heard: unknown[] = [];
    const comm = comms.open("target", { a: 1 }, { commId: "c" });
    comm.onMessage(({ data, buffers }) => heard.push(data, buffers));
    comm.send({ b: 2 }, { buffers: [Uint8Array.of(1)] });
    comms.receive({ kind: "msg", commId: "c", data: { d: 3 }, buffers: [Uint8Array.of(4)] });
    expect(sent).toEqual([
      { kind: "open", commId: "c", targetName: "target", data: { a: 1 } },
      { kind: "msg", commId: "c", data: { b: 2 }, buffers: [Uint8Array.of(1)] },
    ]);
    expect(heard).toEqual([{ d: 3 }, [Uint8Array.of(4)]]);
  });

  test("a front end opens one to a registered target; another target is closed at once", () => {
    const { comms, sent } = hub();
    const opened: unknown[] = [];
    comms.register("mine", (comm, { data }) => opened.push(comm.id, data));
    comms.receive({ kind: "open", commId: "x", targetName: "mine", data: { a: 1 } });
    comms.receive({ kind: "open", commId: "y", targetName: "other", data: {} });
    expect(opened).toEqual(["x", { a: 1 }]);
    expect(sent).toEqual([{ kind: "close", commId: "y", data: {} }]);
  });

  test("a closed comm is silent, and says so to who sends", () => {
    const { comms, sent } = hub();
    const comm = comms.open("t", {}, { commId: "c" });
    let closed = 0;
    comm.onClose(() => (closed += 1));
    comms.receive({ kind: "close", commId: "c", data: {} });
    comms.receive({ kind: "close", commId: "c", data: {} });
    comms.receive({ kind: "msg", commId: "c", data: {} });
    expect(closed).toBe(1);
    expect(() => comm.send({})).toThrow(/closed/);
    comm.close();
    expect(sent.length).toBe(1);
  });
});

describe("widgets speak the widget protocol 2.1", () => {
  test("opening, changing from both sides, and custom messages", async () => {
    const { comms, sent } = hub();
    const model = createWidgets(comms)({
      esm: "export default {}",
      css: "b {}",
      state: { n: 1, image: Uint8Array.of(7) },
    });
    const id = sent[0].commId;
    expect(sent[0]).toMatchObject({
      kind: "open",
      targetName: "jupyter.widget",
      metadata: { version: "2.1.0" },
      buffers: [Uint8Array.of(7)],
      data: {
        buffer_paths: [["image"]],
        state: {
          _model_module: "anywidget",
          _model_name: "AnyModel",
          _view_module: "anywidget",
          _view_name: "AnyView",
          _esm: "export default {}",
          _css: "b {}",
          n: 1,
        },
      },
    });
    const seen: unknown[] = [];
    const stop = model.onChange("n", (n) => seen.push(n));
    model.onMessage((content) => seen.push(content));
    const update = (state: object, extra: object = {}) =>
      comms.receive({
        kind: "msg",
        commId: id,
        data: { method: "update", state, buffer_paths: [], ...extra },
      });
    await update({ n: 5, _esm: "evil()" });
    expect(model.get("n")).toBe(5);
    await update({ image: null }, { buffer_paths: [["image"]] });
    model.set({ n: 6 });
    stop();
    await update({ n: 9 });
    comms.receive({ kind: "msg", commId: id, data: { method: "custom", content: "hi" } });
    expect(seen).toEqual([5, "hi"]);
    expect(sent[1].data).toEqual({ method: "update", state: { n: 6 }, buffer_paths: [] });
    comms.receive({ kind: "msg", commId: id, data: { method: "request_state" } });
    expect(sent[2].data).toMatchObject({
      method: "update",
      state: { n: 9, _esm: "export default {}" },
    });
  });

  test("it is shown as a view of its model", () => {
    const { comms, sent } = hub();
    const slider = createWidgets(comms).slider({ label: "r", min: 2, max: 4 });
    expect(slider.get("value")).toBe(2);
    const shown = (slider as unknown as { _repr_mimebundle_(): unknown })._repr_mimebundle_();
    expect(shown).toMatchObject({
      "application/vnd.jupyter.widget-view+json": {
        version_major: 2,
        version_minor: 0,
        model_id: sent[0].commId,
      },
    });
  });

  test("a page that is loaded again gets all open widgets", () => {
    const { comms, sent } = hub();
    const widget = createWidgets(comms);
    const [a, b] = [
      widget({ esm: "", state: { bytes: new Float32Array(1) } }),
      widget({ esm: "" }),
    ];
    b.close();
    comms.receive({ kind: "open", commId: "z", targetName: "jupyter.widget.control", data: {} });
    comms.receive({ kind: "msg", commId: "z", data: { method: "request_states" } });
    const reply = sent.at(-1);
    const id = sent[0].commId;
    expect(Object.keys(reply?.data.states as object)).toEqual([id]);
    expect(reply?.data.buffer_paths).toEqual([[id, "state", "bytes"]]);
    expect(reply?.data.states).toMatchObject({ [id]: { model_name: "AnyModel", state: {} } });
    expect(a.get("bytes")).toEqual(new Float32Array(1));
  });
});

describe("binary state", () => {
  test("goes out and comes back, however deep", () => {
    const state = { a: [{ b: Uint8Array.of(1) }, 2], c: new Uint16Array([258]).buffer, d: "x" };
    const { state: bare, paths, buffers } = packBuffers(state);
    expect(bare).toEqual({ a: [{}, 2], d: "x" });
    expect(paths).toEqual([["a", 0, "b"], ["c"]]);
    expect(unpackBuffers(bare, paths, buffers)).toEqual({
      a: [{ b: Uint8Array.of(1) }, 2],
      c: Uint8Array.of(2, 1),
      d: "x",
    });
  });

  test("paths from outside that lead nowhere, or to a prototype, do nothing", () => {
    const bad = [
      ["__proto__", "polluted"],
      ["no", "where"],
      "x",
      [],
      ["constructor", "prototype", "p"],
    ];
    const out = unpackBuffers(
      { a: 1 },
      bad,
      bad.map(() => Uint8Array.of(1)),
    );
    expect(out).toEqual({ a: 1 });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
