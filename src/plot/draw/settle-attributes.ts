import type { FigureElement } from "../dom/element.ts";

const background = "var(--plot-background)";
const plotId = /^plot-(clip|pattern)-\d+$/;

/**
 * Plot numbers its clips over the life of the process, and leaves the colour of the ground to CSS; the same figure must
 * be the same text each time, and stand alone. Only attributes that hold an id or a colour are changed: a label may
 * read like one.
 */
export function settleAttributes(svg: FigureElement): void {
  const elements = [svg, ...svg.descendants()];
  for (const element of elements) settleBackground(element);
  const names = new Map<string, string>();
  const places = elements.flatMap((element) => idPlaces(element, names));
  if (places.length === 0) return;
  const write = (prefix: string) => {
    for (const { element, attribute, name, isUse } of places)
      element.setAttribute(attribute, isUse ? `url(#${prefix}${name})` : `${prefix}${name}`);
  };
  write("@@");
  // The picture's own checksum keeps the ids of two figures in one page apart.
  write(`f${checksum(svg.outerHTML)}-`);
}

function settleBackground(element: FigureElement): void {
  for (const { name, value } of element.attributes) {
    if (name === "style") element.setAttribute(name, value.replaceAll(background, "#fff"));
    else if ((name === "fill" || name === "stroke") && value === background)
      element.setAttribute(name, "#fff");
  }
}

/** An attribute that names one of Plot's ids, or uses it. */
interface IdPlace {
  readonly element: FigureElement;
  readonly attribute: string;
  readonly name: string;
  readonly isUse: boolean;
}

function idPlaces(element: FigureElement, names: Map<string, string>): IdPlace[] {
  return element.attributes.flatMap(({ name: attribute, value }) => {
    const used = /^url\(#(.+)\)$/.exec(value)?.[1];
    const isUse = used !== undefined && usesIds.has(attribute);
    const id = isUse ? used : attribute === "id" ? value : "";
    const kind = plotId.exec(id)?.[1];
    if (kind === undefined) return [];
    const name = names.get(id) ?? `${kind}-${names.size + 1}`;
    names.set(id, name);
    return [{ element, attribute, name, isUse }];
  });
}

const usesIds = new Set(["clip-path", "mask", "fill", "stroke", "filter"]);

function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
