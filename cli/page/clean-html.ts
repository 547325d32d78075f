import type { Element, Nodes, Properties, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { defaultSchema, sanitize, type Schema } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { pageScripts } from "../../src/plot/page-scripts.ts";

/** Shapes and text of SVG; nothing that animates, links out, or holds HTML again. */
const svgTags = [
  ...["svg", "g", "defs", "symbol", "use", "title", "desc", "marker", "pattern", "mask"],
  ...["clipPath", "linearGradient", "radialGradient", "stop", "image", "switch", "style"],
  ...["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"],
  ...["textPath", "filter", "feGaussianBlur", "feOffset", "feMerge", "feMergeNode", "feBlend"],
];

/** Marks of text, structure and controls that say something but do nothing. */
const moreTags = ["figure", "figcaption", "progress", "meter", "mark", "small", "u", "wbr", "time"];
const layoutTags = ["main", "header", "footer", "nav", "article", "aside", "caption", "colgroup"];

const schema: Schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []),
    ...svgTags,
    ...moreTags,
    ...layoutTags,
    ...["col", "script"],
  ],
  // Addresses inside a picture name its own parts, and ids stay what a style or a gradient calls them.
  clobber: [],
  ancestors: { ...defaultSchema.ancestors, style: ["svg"] },
  protocols: {
    href: ["http", "https", "mailto", "data"],
    cite: ["http", "https"],
    src: ["data"],
    xLinkHref: ["data"],
  },
  strip: [],
};

/**
 * HTML of an output, without what could run or load anything: scripts, event handlers, frames, forms, addresses of code,
 * pictures from the network. Of scripts only those of our own figures stay, letter for letter, and plain JSON.
 */
export function cleanHtml(html: string): string {
  const tree = fromHtml(html, { fragment: true });
  dropUnsafe(tree);
  return toHtml(sanitize(tree, { ...schema, attributes: { "*": attributesIn(tree) } }));
}

/** How something looks or reads; nothing that loads, sends or runs. */
const attributes = new Set(
  (
    "abbr align alt border cellPadding cellSpacing checked cite className colSpan color dateTime dir disabled headers " +
    "height high href hSpace id label lang low max min name open optimum role rowSpan rowspan rules scope size span src " +
    "start style summary tabIndex target title type vAlign value width xLinkHref xmlns xmlnsXLink xmlSpace " +
    "alignmentBaseline baselineShift clipPath clipPathUnits clipRule cx cy d direction display dominantBaseline dx dy " +
    "fill fillOpacity fillRule filter filterUnits floodColor floodOpacity fontFamily fontSize fontStretch fontStyle " +
    "fontVariant fontWeight fr fx fy gradientTransform gradientUnits imageRendering in in2 letterSpacing markerEnd " +
    "markerHeight markerMid markerStart markerUnits markerWidth mask maskUnits mixBlendMode mode offset opacity orient " +
    "overflow paintOrder pathLength patternTransform patternUnits pointerEvents points preserveAspectRatio r refX refY " +
    "result rotate rx ry shapeRendering spreadMethod startOffset stdDeviation stopColor stopOpacity stroke " +
    "strokeDashArray strokeDashOffset strokeLineCap strokeLineJoin strokeMiterLimit strokeOpacity strokeWidth textAnchor " +
    "textDecoration textLength textRendering transform transformOrigin vectorEffect version viewBox visibility " +
    "wordSpacing writingMode x x1 x2 y y1 y2"
  ).split(" "),
);

function isSafe(name: string, value: Properties[string], tag: string): boolean {
  if (!attributes.has(name) && !/^(aria|data)[A-Z]/.test(name)) return false;
  const text = Array.isArray(value) ? value.join(" ") : String(value ?? "");
  if (name === "style")
    return !/url\s*\(|image-set|expression|@import|\\|position\s*:\s*(fixed|sticky)/i.test(text);
  if (/^(href|xLinkHref)$/.test(name))
    return tag === "a"
      ? /^(https?:|mailto:|#)/i.test(text)
      : /^(#|data:image\/(png|jpeg);)/i.test(text);
  if (name === "src") return /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(text);
  return !/url\s*\(\s*["']?(?!["'#])/i.test(text);
}

function dropUnsafe(node: Root | Element): void {
  node.children = node.children.filter(
    (child) => child.type !== "element" || child.tagName !== "script" || isHarmlessScript(child),
  );
  for (const child of node.children) {
    if (child.type !== "element") continue;
    for (const [name, value] of Object.entries(child.properties))
      if (!isSafe(name, value, child.tagName)) delete child.properties[name];
    if (child.tagName === "style") child.children = child.children.filter(isHarmlessStyle);
    dropUnsafe(child);
  }
}

function isHarmlessScript({ properties, children }: Element): boolean {
  const type = String(properties["type"] ?? "");
  if (type === "application/json") return true;
  return (
    type === "module" && properties["src"] === undefined && pageScripts.includes(textOf(children))
  );
}

function isHarmlessStyle(node: Nodes): boolean {
  return node.type === "text" && !/url\s*\(|@import|expression/i.test(node.value);
}

function textOf(nodes: readonly Nodes[]): string {
  return nodes.map((node) => (node.type === "text" ? node.value : "")).join("");
}

/** Every name that is left, all of them safe. */
function attributesIn(node: Nodes): string[] {
  if (node.type !== "element" && node.type !== "root") return [];
  const own = node.type === "element" ? Object.keys(node.properties) : [];
  return [...new Set([...own, ...node.children.flatMap(attributesIn)])];
}
