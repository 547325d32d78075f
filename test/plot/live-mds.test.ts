import { afterEach, expect, test } from "vitest";
import { jupyterDisplay, type HookWidget, type MimeBundle } from "../../src/core/display.ts";
import { InvalidArgument, ItemMismatch } from "../../src/core/errors.ts";
import { liveMds, plotMds } from "../../src/plot/index.ts";
import { Rdm, renamed } from "../../src/rdm/index.ts";
import { rsa } from "../../src/rsa/index.ts";
import { someRdm } from "./fixtures.ts";

const rdm = someRdm(5, { name: "IT" });
const items = rdm.items ?? [];
const models = [
  renamed(rdm, "itself"),
  new Rdm(
    rdm.condensed.map((d) => 1 - d),
    { items, name: "other" },
  ),
];

const nothing: (places: unknown) => unknown = () => undefined;

/** A page that has widgets: what was made, and a hand that moves items in it. */
function page() {
  const made: {
    state: Record<string, unknown>;
    told: Record<string, unknown>[];
    hand: (places: unknown) => unknown;
  }[] = [];
  const widget = ({ state }: { state: Readonly<Record<string, unknown>> }): HookWidget => {
    const one = {
      state: { ...state },
      told: [] as Record<string, unknown>[],
      hand: nothing,
    };
    made.push(one);
    return {
      set: (changes) =>
        void one.told.push(JSON.parse(JSON.stringify(changes)) as Record<string, unknown>),
      onChange: (name, handler) => {
        if (name === "places") one.hand = handler;
        return () => undefined;
      },
      _repr_mimebundle_: () => ({
        "application/vnd.jupyter.widget-view+json": { model_id: "m" },
        "text/plain": "<widget>",
      }),
    };
  };
  (globalThis as Record<symbol, unknown>)[Symbol.for("Jupyter.hook")] = {
    display: () => undefined,
    widget,
  };
  return made;
}

afterEach(() => {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("Jupyter.hook")];
});

test("it begins where plotMds puts the items, and its RDM is how far apart they lie", () => {
  const live = liveMds(rdm, models);
  const { data } = plotMds(rdm);
  const [x, y] = ["x", "y"].map((name) => data.column(name).map(Number));
  expect(live.rdm.items).toEqual(items);
  expect(live.rdm.between(items[1], items[3])).toBeCloseTo(
    Math.hypot(x[1] - x[3], y[1] - y[3]),
    12,
  );
  expect(live.scores.score(0, "itself")).toBe(rsa(live.rdm, models).score(0, "itself"));
});

test("an item that is moved takes its row of the RDM and the scores with it, and no other pair", () => {
  const live = liveMds(rdm, models, { metric: "pearson" });
  const before = live.rdm;
  const score = live.scores.score(0, "itself");
  live.move(items[2], 9, -4);
  expect(live.rdm.between(items[0], items[1])).toBe(before.between(items[0], items[1]));
  expect(live.rdm.between(items[2], items[1])).not.toBe(before.between(items[2], items[1]));
  expect(live.scores.metric).toBe("pearson");
  expect(live.scores.score(0, "itself")).toBeLessThan(score);
  expect(live.scores.score(0, "itself")).toBe(
    rsa(live.rdm, models, { metric: "pearson" }).score(0, "itself"),
  );
  expect(() => live.move("nobody", 0, 0)).toThrow(InvalidArgument);
  expect(() => live.move(5, 0, 0)).toThrow(InvalidArgument);
  expect(() => live.move(0, NaN, 0)).toThrow(InvalidArgument);
});

test("a hand in the page moves it, and every view is told RDM and scores", async () => {
  const made = page();
  const live = liveMds(rdm, models, {
    categories: items.map((_, i) => (i < 2 ? "left" : "right")),
  });
  await live[jupyterDisplay]();
  const bundle = await live[jupyterDisplay]();
  expect(Object.keys(bundle)[0]).toBe("application/vnd.jupyter.widget-view+json");
  expect(bundle["image/svg+xml"]).toBe(live.still.svg);
  const [one, two] = made;
  expect(one.state).toMatchObject({
    labels: items,
    models: ["itself", "other"],
    metric: "spearman",
    pictures: [],
  });
  expect(new Set(one.state.colours as string[]).size).toBe(2);
  const places = [...(one.state.places as number[])];
  places[0] += 1;
  one.hand(places);
  expect(live.rdm.between(items[0], items[1])).toBeCloseTo(
    Math.hypot(places[0] - places[2], places[1] - places[3]),
    12,
  );
  expect(two.told.at(-1)).toMatchObject({
    condensed: [...live.rdm.condensed],
    scores: [...live.scores.scores],
  });
  live.move(0, 0, 0);
  expect((one.told.at(-1)?.places as number[]).slice(0, 2)).toEqual([0, 0]);
});

test("what a page sends that are no places changes nothing", async () => {
  const made = page();
  const live = liveMds(rdm, models);
  await live[jupyterDisplay]();
  const before = [...live.rdm.condensed];
  for (const wrong of [
    undefined,
    "x",
    [1, 2],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, null],
    "0000000000".split(""),
  ])
    expect(() => made[0].hand(wrong)).toThrow(InvalidArgument);
  expect([...live.rdm.condensed]).toEqual(before);
});

test("without widgets, as in another kernel, it is the still picture with its scores in words", async () => {
  const bundle: MimeBundle = await liveMds(rdm, models)[jupyterDisplay]();
  expect(Object.keys(bundle)).toEqual(["image/svg+xml", "image/png", "text/plain"]);
  expect(bundle["text/plain"]).toMatch(
    /itself: 0\.\d{3} \(spearman\)\nother: -0\.\d{3} \(spearman\)$/,
  );
});

test("a score that is undefined is null to the page, which knows no NaN", async () => {
  const made = page();
  const live = liveMds(
    rdm,
    new Rdm(
      rdm.condensed.map(() => 1),
      { items, name: "constant" },
    ),
  );
  await live[jupyterDisplay]();
  expect(made[0].state.scores).toEqual([null]);
});

test("images are shown, one an item", async () => {
  const made = page();
  const image = { width: 2, height: 2, channels: 3 as const, data: new Uint8Array(12) };
  await liveMds(rdm, models, { images: () => image })[jupyterDisplay]();
  expect(made[0].state.pictures).toHaveLength(5);
  expect(String((made[0].state.pictures as string[])[0])).toMatch(/^data:image\/png;base64,/);
});

test("too few items, too many, models of others and unknown names are refused", () => {
  expect(() => liveMds([1], [1])).toThrow(InvalidArgument);
  expect(() => liveMds(someRdm(101), someRdm(101))).toThrow(/3 to 100/);
  expect(() => liveMds(rdm, someRdm(4))).toThrow(ItemMismatch);
  expect(() => liveMds(rdm, models, { metrics: "x" } as never)).toThrow(/metric/);
});
