import { dirname, join, normalize } from "node:path/posix";
import { fromHtml } from "hast-util-from-html";
import type { Element, Root, RootContent } from "hast";

/** Addresses that lead nowhere, and ids that are there twice, as `page: what`. Outside addresses are looked at for their form. */
export function linkFaults(pages: ReadonlyMap<string, string>): string[] {
  const found = new Map([...pages].map(([path, html]) => [path, linksAndIds(html)]));
  return [...found].flatMap(([path, { ids, links }]) => [
    ...ids.filter((id, at) => ids.indexOf(id) < at).map((id) => `${path}: id ${id} twice`),
    ...links.flatMap((link) => {
      if (/^(https:\/\/[\w.-]+\/?\S*|mailto:\S+|data:,)$/.test(link)) return [];
      const [file, id] = link.split("#");
      const target = file === "" ? path : normalize(join(dirname(path), decodeURI(file)));
      if (!/\.html$/.test(target)) return pages.has(target) ? [] : [`${path}: ${link}`];
      const other = found.get(target);
      const isThere = other !== undefined && (id === undefined || other.ids.includes(id));
      return isThere ? [] : [`${path}: ${link}`];
    }),
  ]);
}

function linksAndIds(html: string): { ids: string[]; links: string[] } {
  const ids: string[] = [];
  const links: string[] = [];
  const walk = (node: Root | RootContent): void => {
    if (node.type === "element") collect(node, ids, links);
    if ("children" in node) for (const child of node.children) walk(child);
  };
  walk(fromHtml(html));
  return { ids, links };
}

function collect({ properties }: Element, ids: string[], links: string[]): void {
  const { id, href, src } = properties;
  if (typeof id === "string") ids.push(id);
  for (const link of [href, src])
    if (typeof link === "string" && !/^data:image\//.test(link)) links.push(link);
}
