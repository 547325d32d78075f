import { describe, expect, test } from "vitest";
import { show } from "../../../kernel/display/bundle.ts";
import type { DisplayOptions } from "../../../kernel/display/display.ts";
import { createDisplay } from "../../../kernel/display/display.ts";

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2);
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);

/** A display that keeps what it is told. */
function kept() {
  const shown: unknown[] = [];
  const works: Promise<void>[] = [];
  const display = createDisplay({
    show: ({ bundle, metadata }, { id, update }: DisplayOptions) =>
      shown.push({
        bundle,
        ...(metadata && { metadata }),
        ...(id && { id }),
        ...(update && { update }),
      }),
    clear: (wait) => shown.push({ clear: wait }),
    later: (work) => void works.push(work),
  });
  return { display, shown, works };
}

async function text(value: unknown): Promise<unknown> {
  return (await show(value))?.bundle["text/plain"];
}

describe("display", () => {
  test.each([
    ["html", "<b>1</b>", { "text/html": "<b>1</b>" }],
    ["svg", "<svg/>", { "image/svg+xml": "<svg/>" }],
    ["markdown", "# A", { "text/markdown": "# A" }],
    ["latex", "$x$", { "text/latex": "$x$" }],
    ["text", "t", { "text/plain": "t" }],
    ["javascript", "1", { "application/javascript": "1" }],
  ] as const)("%s", (method, data, bundle) => {
    const { display, shown } = kept();
    display[method](data);
    expect(shown).toEqual([{ bundle }]);
  });

  test("images are bytes or base64 text", () => {
    const { display, shown } = kept();
    display.png(png);
    display.png("AAAA");
    display.jpeg(jpeg, { metadata: { "image/jpeg": { width: 10 } } });
    expect(shown).toEqual([
      { bundle: { "image/png": "iVBORw0KGgoBAg==" } },
      { bundle: { "image/png": "AAAA" } },
      { bundle: { "image/jpeg": "/9j/4A==" }, metadata: { "image/jpeg": { width: 10 } } },
    ]);
  });

  test("an output with a name is replaced, in any form", () => {
    const { display, shown } = kept();
    display(1, { id: "a" });
    display.update("a", 2);
    display.html("<i>", { id: "a", update: true });
    display.clear();
    display.clear({ wait: true });
    expect(shown).toEqual([
      { bundle: { "text/plain": "1" }, id: "a" },
      { bundle: { "text/plain": "2" }, id: "a", update: true },
      { bundle: { "text/html": "<i>" }, id: "a", update: true },
      { clear: false },
      { clear: true },
    ]);
  });

  test("several forms at once, and data as a tree", () => {
    const { display, shown } = kept();
    display.bundle({ "text/plain": "p", "image/png": png, "text/html": undefined });
    display.json({ a: [1] });
    expect(shown).toEqual([
      { bundle: { "text/plain": "p", "image/png": "iVBORw0KGgoBAg==" } },
      { bundle: { "application/json": { a: [1] }, "text/plain": '{\n  "a": [\n    1\n  ]\n}' } },
    ]);
  });

  test("what is shown later is waited for, and its error is not lost", async () => {
    const { display, shown, works } = kept();
    display({ [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "late" }) });
    display("soon");
    expect(shown).toEqual([{ bundle: { "text/plain": "'soon'" } }]);
    await Promise.all(works);
    expect(shown[1]).toEqual({ bundle: { "text/html": "late" } });
    display({ _repr_html_: async () => Promise.reject(new Error("broken")) });
    await expect(works[1]).rejects.toThrow("broken");
  });

  test("what cannot be shown is refused with what to do", () => {
    const { display } = kept();
    expect(() => display.html(Promise.resolve("x") as never)).toThrow(/await it first/);
    expect(() => display.png(12 as never)).toThrow(/bytes of the image/);
    expect(() => display.text("x", { update: true })).toThrow(/needs the `id`/);
  });
});

describe("values show themselves", () => {
  test("by methods of every kind, with a text beside", async () => {
    expect(
      await show({ _repr_latex_: () => "$1$", _repr_svg_: async () => "<svg/>" }),
    ).toMatchObject({ bundle: { "text/latex": "$1$", "image/svg+xml": "<svg/>" } });
    expect(await show({ _repr_png_: () => png, _repr_html_: () => null })).toMatchObject({
      bundle: { "image/png": "iVBORw0KGgoBAg==" },
    });
    const both = { _repr_mimebundle_: () => [{ "text/html": "<b>" }, { "text/html": { a: 1 } }] };
    const shown = await show(both);
    expect(shown).toMatchObject({
      bundle: { "text/html": "<b>" },
      metadata: { "text/html": { a: 1 } },
    });
    expect(shown?.bundle["text/plain"]).toContain("_repr_mimebundle_");
  });

  test("the bytes of an image are the image", async () => {
    expect(await show(jpeg)).toEqual({
      bundle: { "image/jpeg": "/9j/4A==", "text/plain": "<image/jpeg, 4 bytes>" },
    });
    expect(await text(Uint8Array.of(1, 2))).toBe("Uint8Array(2) [1, 2]");
    expect(await show({ toDataURL: () => "data:image/png;base64,AAAA" })).toMatchObject({
      bundle: { "image/png": "AAAA" },
    });
  });

  test("long, deep and circular values are cut, not fatal", async () => {
    expect(await text(Array.from({ length: 1000 }, (_, i) => i))).toMatch(/950 more items/);
    expect(await text(new Map(Array.from({ length: 80 }, (_, i) => [i, i])))).toMatch(/30 more/);
    expect(await text(new Set([1, 2]))).toBe("Set(2) { 1, 2 }");
    const circle: Record<string, unknown> = { a: 1 };
    circle.self = circle;
    expect(await text(circle)).toMatch(/Circular/);
    expect(String(await text("x".repeat(50_000))).length).toBeLessThan(11_000);
  });

  test("a value that throws when it is looked at still has a text", async () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
        has: () => {
          throw new Error("no");
        },
      },
    );
    expect(typeof (await text(hostile))).toBe("string");
    const badInspect = {
      [Symbol.for("nodejs.util.inspect.custom")]: () => {
        throw new Error("no");
      },
    };
    expect(await text(badInspect)).toBe("<a value that cannot be shown: no>");
  });

  test("an error is its message and the user's calls", async () => {
    expect(await text(new RangeError("too far"))).toMatch(/^RangeError: too far/);
  });

  test("a danfojs DataFrame and Series are tables", async () => {
    const { DataFrame } = await import("danfojs");
    const frame = new DataFrame(
      { item: ["face", "house"], r: [0.123456, 2], ok: [true, false] },
      { index: ["a", "b"] },
    );
    const bundle = (await show(frame))?.bundle ?? {};
    expect(bundle["text/plain"]).toBe(
      "   item        r  ok\na  face   0.1235  true\nb  house       2  false\n2 rows × 3 columns",
    );
    expect(bundle["text/html"]).toContain('<th title="float32" style="text-align: right">r</th>');
    expect(String((await show(frame["r"]))?.bundle["text/plain"])).toContain("0.1235");
  });

  test("long texts and values that are no JSON do not break a table", async () => {
    const frame = {
      $data: [],
      columns: ["a", "b"],
      shape: [1, 2],
      dtypes: ["string", "int"],
      values: [["x".repeat(5000), 10n]],
    };
    const lines = String((await show(frame))?.bundle["text/plain"]).split("\n");
    expect(lines[1]).toMatch(/^0 {2}x{99}… {2}10$/);
  });

  test("a figure of Observable Plot is its drawing", async () => {
    const element = { tagName: "svg", outerHTML: '<svg xmlns="http://www.w3.org/2000/svg"/>' };
    expect(await show(element)).toEqual({
      bundle: { "image/svg+xml": element.outerHTML, "text/plain": "<svg>" },
    });
  });
});
