import { ts } from "./typescript.ts";

const longest = 20_000;

/** The text that declares the name at a position, where it is code and no description of code. */
export function sourceAt(
  service: ts.LanguageService,
  path: string,
  position: number,
): string | undefined {
  const program = service.getProgram();
  const places = [position, position - 1].flatMap(
    (at) => (at < 0 ? undefined : service.getDefinitionAtPosition(path, at)) ?? [],
  );
  const sources = places.flatMap(({ fileName, textSpan }) => {
    const file = program?.getSourceFile(fileName);
    return file === undefined || file.isDeclarationFile
      ? []
      : (textAround(file, textSpan.start) ?? []);
  });
  // The link to a variable of an earlier cell is not the user's text.
  return sources.find((text) => !/^declare let .*: typeof import\(/.test(text))?.slice(0, longest);
}

/** The declaration whose name stands at a position, as its file has it. */
function textAround(file: ts.SourceFile, position: number): string | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (position < node.getStart(file) || position >= node.end) return;
    if (isDeclaration(node) && node.name.getStart(file) === position) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  // `const` stands two nodes above the name it declares.
  const whole =
    found !== undefined && ts.isVariableDeclaration(found) ? found.parent.parent : found;
  return whole?.getText(file);
}

function isDeclaration(node: ts.Node): node is ts.Node & { readonly name: ts.Node } {
  const { name } = node as { name?: ts.Node };
  return name !== undefined && !ts.isImportSpecifier(node) && !ts.isPropertyAccessExpression(node);
}
