import * as Plot from "@observablehq/plot";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { createDocument } from "../../src/plot/dom/document.ts";
import type { CanvasElement } from "../../src/plot/dom/element.ts";
import { namespaces } from "../../src/plot/dom/namespaces.ts";

const svgElement = (name: string) => createDocument().createElementNS(namespaces.svg, name);

describe("the figure's document", () => {
  test("escapes text and attributes, and replaces what XML cannot hold", () => {
    const text = svgElement("text");
    text.setAttribute("title", 'a "b" <c> & d\n');
    text.append("1 < 2 & 3 > 2 \u0000\ud800");
    expect(text.outerHTML).toBe(
      `<text xmlns="${namespaces.svg}" title="a &quot;b&quot; &lt;c&gt; &amp; d&#10;">1 &lt; 2 &amp; 3 &gt; 2 \ufffd\ufffd</text>`,
    );
  });

  test("declares xlink only where it is used", () => {
    const image = svgElement("image");
    image.setAttributeNS(namespaces.xlink, "href", "a.png");
    expect(image.outerHTML).toBe(
      `<image xmlns="${namespaces.svg}" xmlns:xlink="${namespaces.xlink}" xlink:href="a.png"/>`,
    );
  });

  test("moves a node instead of copying it, and refuses a circle", () => {
    const [a, b] = [svgElement("g"), svgElement("g")];
    const child = a.appendChild(svgElement("rect"));
    b.appendChild(child);
    expect([a.childNodes.length, b.childNodes.length, child.parentNode === b]).toEqual([
      0,
      1,
      true,
    ]);
    expect(() => child.appendChild(b)).toThrow(/cannot be put inside itself/);
  });

  test("a fragment gives its children away", () => {
    const document = createDocument();
    const fragment = document.createDocumentFragment();
    fragment.append("a", document.createElement("b"), "c");
    const target = document.createElement("p");
    target.append(fragment);
    expect(target.outerHTML).toBe("<p>a<b/>c</p>");
    expect(fragment.childNodes).toHaveLength(0);
  });

  test("selects by tag, id, class and attribute, and refuses what it does not know", () => {
    const root = svgElement("svg");
    const inner = root.appendChild(svgElement("g"));
    inner.setAttribute("class", "tick big");
    const line = inner.appendChild(svgElement("line"));
    line.id = "one";
    expect(root.querySelector(".tick line")).toBe(line);
    expect(root.querySelector("line#one")).toBe(line);
    expect(root.querySelector('[id="one"]')).toBe(line);
    expect(root.querySelector(".ticks")).toBeNull();
    expect(root.querySelectorAll("g, line")).toEqual([inner, line]);
    expect(() => root.querySelector("g > line")).toThrow(/selector/);
    expect(() => root.querySelector(":hover")).toThrow(/selector/);
  });

  test("order in the document", () => {
    const root = svgElement("g");
    const [a, b] = [root.appendChild(svgElement("a")), root.appendChild(svgElement("b"))];
    expect(a.compareDocumentPosition(b)).toBe(4);
    expect(b.compareDocumentPosition(a)).toBe(2);
    expect(a.nextSibling).toBe(b);
  });

  test("style is set by method, by property and by text", () => {
    const g = svgElement("g");
    g.style.setProperty("fill", "red", "important");
    Object.assign(g.style, { maxWidth: "3px" });
    expect(g.getAttribute("style")).toBe("fill: red !important; max-width: 3px;");
    Object.assign(g, { style: "stroke: blue" });
    expect(g.outerHTML).toContain('style="stroke: blue;"');
    expect(g.cloneNode(true).outerHTML).toBe(g.outerHTML);
  });

  test("a canvas gives the pixels that were drawn", async () => {
    const canvas = createDocument().createElement("canvas") as CanvasElement;
    Object.assign(canvas, { width: 3, height: 2 });
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no context");
    context.fillStyle = "rgb(10, 20, 30)";
    context.fillRect(1, 0, 1, 2);
    context.fillStyle = "#ff000080";
    context.fillRect(2, 1, 9, 9);
    const png = Buffer.from(canvas.toDataURL().split(",")[1], "base64");
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([3, 2, 4]);
    expect([...data]).toEqual([
      0, 0, 0, 0, 10, 20, 30, 255, 0, 0, 0, 0, 0, 0, 0, 0, 10, 20, 30, 255, 255, 0, 0, 128,
    ]);
    expect(canvas.getContext("webgl")).toBeNull();
  });

  test("Plot draws rasters, legends, facets, clips and a style text on it", () => {
    const document = createDocument() as unknown as Document;
    const drawn = Plot.plot({
      document,
      style: "color: red",
      color: { legend: true, scheme: "viridis" },
      fx: { label: null },
      marks: [
        Plot.raster([1, 2, 3, 4], { width: 2, height: 2, fx: ["a", "a", "b", "b"] }),
        Plot.dot([1, 2], { x: [1, 2], y: [2, 1], title: ["p", "q"], clip: true }),
      ],
    });
    const text = drawn.outerHTML;
    expect(text.match(/data:image\/png;base64,/g)?.length).toBeGreaterThan(1);
    expect(text).toContain("<title>p</title>");
    expect(text).toContain("<clipPath");
  });
});
