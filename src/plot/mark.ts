import { escapeHtml } from "../core/text.ts";

const markHeightPx = 18;

/** What a mark adds to. */
interface Markable {
  readonly svg: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly caption: string;
  readonly altText: string;
}

/** A figure with a mark in a line of its own at the foot, so that nothing lies under it; as it is when the mark is empty. */
export function marked<Parts extends Markable>(parts: Parts, mark: string): Parts {
  if (mark === "") return parts;
  const { svg, widthPx, heightPx, caption, altText } = parts;
  const taller = heightPx + markHeightPx;
  const root = /^[^>]*>/.exec(svg)?.[0] ?? "";
  const grown = root
    .replace(`height="${heightPx}"`, `height="${taller}"`)
    .replace(`viewBox="0 0 ${widthPx} ${heightPx}"`, `viewBox="0 0 ${widthPx} ${taller}"`);
  const foot =
    `<rect x="0" y="${heightPx}" width="${widthPx}" height="${markHeightPx}" fill="#fff"/>` +
    `<text class="mark" x="${widthPx - 14}" y="${heightPx + 11}" text-anchor="end" font-size="10" fill="#b45309">` +
    `${escapeHtml(mark)}</text>`;
  return {
    ...parts,
    svg: `${grown}${svg.slice(root.length).replace(/<\/svg>\s*$/, `${foot}</svg>`)}`,
    heightPx: taller,
    caption: `${caption} ${sentence(mark)}`.trim(),
    altText: `${altText} ${sentence(mark)}`,
  };
}

function sentence(mark: string): string {
  return `${mark.slice(0, 1).toUpperCase()}${mark.slice(1)}.`;
}
