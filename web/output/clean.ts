import DOMPurify from "dompurify";

/** How something looks; nothing that covers the page, loads, or takes part in what lies around it. */
const harmless = new Set(
  (
    "align-items align-self background-color border border-bottom border-bottom-color border-collapse border-color " +
    "border-left border-left-color border-radius border-right border-right-color border-spacing border-style border-top " +
    "border-top-color border-width box-sizing caption-side clear color column-gap columns display empty-cells flex " +
    "flex-basis flex-direction flex-grow flex-shrink flex-wrap font font-family font-feature-settings font-size " +
    "font-style font-variant font-variant-numeric font-weight gap grid-auto-flow grid-column grid-gap grid-row " +
    "grid-template-columns grid-template-rows height justify-content justify-items letter-spacing line-height " +
    "list-style-type margin margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width " +
    "opacity order overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left padding-right " +
    "padding-top row-gap table-layout text-align text-decoration text-indent text-overflow text-transform vertical-align " +
    "visibility white-space width word-break word-spacing accent-color float"
  ).split(" "),
);

const config = {
  FORBID_TAGS: [
    ...["style", "link", "meta", "base", "form", "input", "button", "select", "textarea", "option"],
    ...["iframe", "frame", "object", "embed", "audio", "video", "source", "track", "picture"],
    ...["svg", "math", "dialog", "template", "slot", "portal", "map", "area"],
  ],
  FORBID_ATTR: ["srcset", "id", "name", "class", "background", "ping", "usemap", "popover"],
  ADD_ATTR: ["target"],
  ALLOW_DATA_ATTR: false,
};

/** Text that may stand in a style: no address, no escape that would hide one. */
function cleanStyle(style: CSSStyleDeclaration): string {
  return [...style]
    .filter((name) => harmless.has(name) || isPartOf(name))
    .map((name) => [name, style.getPropertyValue(name)] as const)
    .filter(([, value]) => !/url|image|expression|attr\s*\(|\\|var\s*\(|-moz|@/i.test(value))
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
}

/** Browsers list the parts of a short form. */
function isPartOf(name: string): boolean {
  const parts = /^(border|padding|margin|flex|font|text-decoration|overflow|list-style|grid)-/;
  return parts.test(name) && !name.endsWith("-image") && !name.endsWith("-source");
}

const purifier = DOMPurify();
purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node instanceof HTMLElement && node.hasAttribute("style")) {
    const style = cleanStyle(node.style);
    if (style === "") node.removeAttribute("style");
    else node.setAttribute("style", style);
  }
  if (node.tagName === "A") {
    const href = node.getAttribute("href") ?? "";
    if (/^(https?:|mailto:)/i.test(href)) {
      node.setAttribute("target", "_blank");
      node.setAttribute("rel", "noopener noreferrer");
    } else if (!href.startsWith("#")) node.removeAttribute("href");
  }
  const source = node.getAttribute("src");
  if (source !== null && !/^(data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]|blob:)/i.test(source))
    node.removeAttribute("src");
});

/** HTML of an output or a text, as nodes that run, load, cover and send nothing. */
export function cleanNodes(html: string): DocumentFragment {
  return purifier.sanitize(html, { ...config, RETURN_DOM_FRAGMENT: true });
}

/** True for HTML that would do something, were it allowed to. */
export function hasScripts(html: string): boolean {
  return /<script[\s>/]/i.test(html);
}
