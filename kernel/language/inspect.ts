import { ts } from "./typescript.ts";
import { documentation } from "./documentation.ts";
import { sourceAt } from "./source.ts";

/** What is known of the name at a position of a module, as text and as Markdown. */
export function inspectAt(
  service: ts.LanguageService,
  path: string,
  position: number,
  detail: 0 | 1,
): Record<string, string> | undefined {
  const info = infoAt(service, path, position);
  if (info === undefined) return undefined;
  const source = detail === 1 ? sourceAt(service, path, position) : undefined;
  return bundleOf(info, detail, source);
}

/** What is known of a name, as text and as Markdown. */
export function bundleOf(
  info: ts.QuickInfo,
  detail: 0 | 1,
  source?: string,
): Record<string, string> {
  const signature = clean(ts.displayPartsToString(info.displayParts));
  const { plain, markdown } = documentation(info, detail);
  return {
    "text/plain": [signature, plain, ...inWords(source, "Source:\n", "")]
      .filter((part) => part !== "")
      .join("\n\n"),
    "text/markdown": [
      `\`\`\`typescript\n${signature}\n\`\`\``,
      markdown,
      ...inWords(source, "**Source**\n\n```typescript\n", "\n```"),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  };
}

/** The name under or before the cursor, or else the function whose arguments it stands in. */
function infoAt(
  service: ts.LanguageService,
  path: string,
  position: number,
): ts.QuickInfo | undefined {
  const source = service.getProgram()?.getSourceFile(path);
  if (source === undefined) return undefined;
  const isWord = (at: number): boolean => /[\p{ID_Continue}$]/u.test(source.text[at] ?? "");
  const callee = calleeAround(source, position);
  const places = [position, position - 1].filter(isWord);
  for (const place of callee === undefined ? places : [...places, callee]) {
    const info =
      resolved(service, path, place) ?? resolved(service, path, typeNamed(source, place));
    if (info !== undefined) return info;
  }
  return undefined;
}

/** What a name stands for: an import is followed to what it imports. */
function resolved(
  service: ts.LanguageService,
  path: string,
  position: number | undefined,
): ts.QuickInfo | undefined {
  if (position === undefined) return undefined;
  const info = service.getQuickInfoAtPosition(path, position);
  const text = ts.displayPartsToString(info?.displayParts);
  if (info === undefined || text === "any" || text === "") return undefined;
  if (!text.startsWith("(alias)")) return info;
  const target = service.getDefinitionAtPosition(path, position)?.[0];
  return target === undefined
    ? info
    : (service.getQuickInfoAtPosition(target.fileName, target.textSpan.start) ?? info);
}

/** A type alone in a cell is no value, so it is looked at where it is declared or imported. */
function typeNamed(source: ts.SourceFile, position: number): number | undefined {
  const [before] = /[\p{ID_Continue}$]*$/u.exec(source.text.slice(0, position)) ?? [""];
  const [after] = /^[\p{ID_Continue}$]*/u.exec(source.text.slice(position)) ?? [""];
  const name = before + after;
  const declared = new RegExp(`(?:[{,]|interface|type)\\s*(?=${name.replace(/\$/g, "\\$")}\\b)`);
  const at = name === "" ? null : declared.exec(source.text);
  return at === null ? undefined : at.index + at[0].length;
}

/** Where the name ends of what the call around the position calls. */
function calleeAround(source: ts.SourceFile, position: number): number | undefined {
  let found: number | undefined;
  const visit = (node: ts.Node): void => {
    if (position < node.getStart(source) || position > node.end) return;
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    if (isCall && position > node.expression.end) found = node.expression.end - 1;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

/** A name of an earlier cell is an import for TypeScript, which the user never wrote. */
function clean(signature: string): string {
  return signature.replace(/^\(alias\) /, "").replace(/\nimport [^\n]*$/, "");
}

function inWords(source: string | undefined, before: string, after: string): string[] {
  return source === undefined ? [] : [before + source + after];
}
