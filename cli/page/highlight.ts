import { escapeHtml } from "../../src/core/text.ts";

const keywords =
  "abstract as async await break case catch class const continue declare default delete do else enum " +
  "export extends finally for from function get if implements import in infer instanceof interface " +
  "is keyof let namespace new of private protected public readonly return satisfies set static super " +
  "switch this throw try type typeof using var void while with yield";

const constants = "true false null undefined NaN Infinity";

/** What is coloured, by class; the first that fits at a place wins. */
const tokens: readonly (readonly [string, RegExp])[] = [
  ["comment", /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/],
  ["string", /`(?:\\[\s\S]|[^\\`])*(?:`|$)|"(?:\\.|[^\\"\n])*"?|'(?:\\.|[^\\'\n])*'?/],
  ["number", /\b(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]+)?(?:[eE][+-]?\d+)?)n?\b/],
  ["keyword", new RegExp(`\\b(?:${keywords.replaceAll(" ", "|")})\\b(?!\\s*:)`)],
  ["constant", new RegExp(`\\b(?:${constants.replaceAll(" ", "|")})\\b`)],
  ["type", /\b[A-Z][\w$]*\b/],
  ["call", /[A-Za-z_$][\w$]*(?=\s*\()/],
  ["", /[A-Za-z_$][\w$]*/],
];

const anyToken = new RegExp(tokens.map(([, { source }]) => `(${source})`).join("|"), "g");

/** TypeScript as HTML with its words coloured. A light reading of the text, not a parse. */
export function highlightTypeScript(code: string): string {
  let html = "";
  let at = 0;
  for (const match of code.matchAll(anyToken)) {
    const name = tokens[match.slice(1).findIndex((group) => group !== undefined)][0];
    const text = escapeHtml(match[0]);
    html += escapeHtml(code.slice(at, match.index));
    html += name === "" ? text : `<span class="t-${name}">${text}</span>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(code.slice(at));
}
