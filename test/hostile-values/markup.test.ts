import { expect, test } from "vitest";
import { jupyterDisplay, type Displayable } from "../../src/core/display.ts";
import * as t from "../../src/index.ts";
import { quiet } from "../rsa/toolbox.ts";

/** A name that would run in a page which believes it. */
const name = '<img src=x onerror="alert(1)">';
const rdm = new t.Rdm([1, 2, 3, 4, 5, 7], { items: ["a", "b", "c", "d"], name });
const other = new t.Rdm([2, 1, 3, 6, 5, 4], { items: ["a", "b", "c", "d"], name: `${name}2` });
const lone = new t.Rdm([1, 1, 1, 1, 1, 1], { items: ["a", "b", "c", "d"], name: `${name}3` });
const epochs = t.epochsFromArray(
  { data: Float64Array.from({ length: 4 * 2 * 5 }, (_, k) => (k * k) % 7), shape: [4, 2, 5] },
  {
    sfreqHz: 10,
    channels: [name, "two"].map((of) => ({
      name: of,
      type: "eeg" as const,
      position: [0, 0, 0] as const,
    })),
  },
);
const labels = { labels: ["a", "b", "c", "d"], ...quiet };

const shown: Readonly<Record<string, () => Displayable | Promise<Displayable>>> = {
  rsa: () => t.rsa(rdm, [other, lone]),
  evalFixed: () => t.evalFixed([rdm, other], [other, lone], quiet),
  sharesRdms: () =>
    t.sharesRdms(rdm, [other, new t.Rdm([1, 5, 2, 4, 3, 6], { items: rdm.items, name })]),
  rsaEpochs: () => t.rsaEpochs(epochs, [other, lone], labels),
  epochs: () => epochs,
  rdm: () => rdm,
  table: () => new t.Table({ [name]: [name] }),
};

test.each(Object.entries(shown))(
  "what %s shows of itself holds names as text",
  async (_of, make) => {
    const bundle = await (await make())[jupyterDisplay]();
    const { "text/html": html = "" } = bundle;
    expect(typeof html).toBe("string");
    expect(html).not.toContain("<img src=x");
  },
);

test("names are shown", async () => {
  const result = await t.evalFixed([rdm, other], [other, lone], quiet);
  const bundle = result[jupyterDisplay]();
  expect(String(bundle["text/html"])).toContain("&lt;img");
});
