/** A formula of a text. */
export interface Formula {
  readonly latex: string;
  readonly display: boolean;
}

const parts =
  /(```[\s\S]*?(?:```|$)|`[^`\n]*`)|\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|(?<![\\$\d])\$(?=\S)((?:\\.|[^$\\\n]|\n(?!\n))+?)(?<=\S)\$(?!\d)/g;

/**
 * Takes the formulas out of a Markdown text, so that its stars and underscores are not read as Markdown; each leaves a mark
 * (U+E000, its number, U+E001). What stands in code is left alone; `$5 and $6` are prices.
 */
export function takeOutMath(text: string): { text: string; formulas: readonly Formula[] } {
  const formulas: Formula[] = [];
  const plain = text
    .replace(/[\uE000\uE001]/g, "")
    .replace(
      parts,
      (all, code?: string, dollars?: string, bracket?: string, paren?: string, inline?: string) => {
        if (code !== undefined) return all;
        const display = dollars ?? bracket;
        const latex = display ?? paren ?? inline ?? "";
        formulas.push({ latex, display: display !== undefined });
        return `\uE000${formulas.length - 1}\uE001`;
      },
    );
  return { text: plain, formulas };
}
