// Advance widths of DejaVu Sans, in thousandths of the font size, for the characters from space to tilde.
// prettier-ignore
const ASCII = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
  636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
  603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
  634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
const WIDE_FROM = 0x1100;
const ELLIPSIS = 0x2026;
const LONG_DASH = 0x2014;
const BOLD = 1.17;

/** How a text is drawn, as far as its width depends on it. */
export interface TextStyle {
  readonly sizePx: number;
  readonly bold?: boolean;
}

/** Width of one line of text in pixels, in the font the figures use. Letters beyond ASCII are taken as wide ones. */
export function textWidth(text: string, { sizePx, bold = false }: TextStyle): number {
  let sum = 0;
  for (const letter of text) sum += letterWidth(letter.codePointAt(0) ?? 0);
  return (sum / 1000) * sizePx * (bold ? BOLD : 1);
}

function letterWidth(code: number): number {
  if (code >= 32 && code <= 126) return ASCII[code - 32];
  if (code >= 0x300 && code <= 0x36f) return 0;
  if (code === ELLIPSIS || code === LONG_DASH) return 1000;
  return code >= WIDE_FROM && !(code >= 0x2000 && code <= 0x22ff) ? 1000 : 780;
}
