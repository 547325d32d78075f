import { join, relative } from "node:path";
import ts from "typescript";

/** One place of an interface, a class or the options of a function. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly text: string;
  /** The interface that declares it, where that is another than the one it is read from. */
  readonly from?: string;
}

export type ExportKind = "function" | "class" | "interface" | "type" | "constant";

/** What is said of an export in its source. */
export interface Export {
  readonly name: string;
  readonly kind: ExportKind;
  /** What it is imported from, as `tsrsa/io`: the first that has it. */
  readonly entry: string;
  /** All that have it. */
  readonly entries: readonly string[];
  readonly signature: string;
  readonly text: string;
  readonly params: readonly { readonly name: string; readonly text: string }[];
  readonly members: readonly Member[];
  readonly throws: readonly string[];
  readonly example: string;
  readonly see: readonly string[];
  /** Path in the repository, and line. */
  readonly file: string;
  readonly line: number;
  /** Names in its signature and members, exports or not. */
  readonly uses: readonly string[];
}

/** What a program imports of the package, by what it is imported from. */
export const entries = {
  tsrsa: "src/index.ts",
  "tsrsa/io": "src/io/index.ts",
  "tsrsa/plot": "src/plot/index.ts",
  "tsrsa/data": "data-fetch/index.ts",
  "tsrsa/course": "course/index.ts",
} as const;

/** Every export with its documentation, read from the sources; a name that several entries have is of the first. */
export function readExports(root: string): Export[] {
  const read = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const config = read.config as { compilerOptions: object };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = Object.values(entries).map((entry) => join(root, entry));
  const program = ts.createProgram(files, { ...options, types: ["node"] });
  const checker = program.getTypeChecker();
  const found = new Map<ts.Symbol, { name: string; from: string[] }>();
  for (const [entry, path] of Object.entries(entries)) {
    const file = program.getSourceFile(join(root, path));
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${path} exports nothing`);
    for (const symbol of checker.getExportsOfModule(module)) {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      const own = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
      const known = found.get(own);
      if (known === undefined) found.set(own, { name: symbol.name, from: [entry] });
      else known.from.push(entry);
    }
  }
  return [...found].map(([symbol, { name, from }]) => exportOf(name, symbol, from, checker, root));
}

function exportOf(
  name: string,
  symbol: ts.Symbol,
  entries: readonly string[],
  checker: ts.TypeChecker,
  root: string,
): Export {
  const [declaration] = symbol.declarations ?? [];
  const source = declaration.getSourceFile();
  const tags = symbol.getJsDocTags(checker);
  const tagged = (tag: string): string[] =>
    tags.filter((one) => one.name === tag).map((one) => ts.displayPartsToString(one.text));
  const members = membersOf(symbol, declaration, checker);
  const signature = signatureOf(declaration, name);
  return {
    name,
    kind: kindOf(declaration),
    entry: entries[0],
    entries,
    signature,
    text: docOf(symbol, checker),
    params: tagged("param").map((text) => {
      const [param, ...words] = text.split(/\s+/);
      return { name: param, text: words.join(" ").replace(/^-\s*/, "") };
    }),
    members,
    throws: tagged("throws"),
    example: tagged("example")[0] ?? "",
    see: tagged("see"),
    file: relative(root, source.fileName).replaceAll("\\", "/"),
    line: source.getLineAndCharacterOfPosition(declaration.getStart()).line + 1,
    uses: [
      ...new Set(`${signature} ${members.map(({ type }) => type).join(" ")}`.match(/\b[A-Z]\w*/g)),
    ],
  };
}

function kindOf(declaration: ts.Node): ExportKind {
  if (ts.isFunctionDeclaration(declaration)) return "function";
  if (ts.isClassDeclaration(declaration)) return "class";
  if (ts.isInterfaceDeclaration(declaration)) return "interface";
  return ts.isTypeAliasDeclaration(declaration) ? "type" : "constant";
}

function docOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker));
}

/** A declaration without its body. */
function signatureOf(declaration: ts.Declaration, name: string): string {
  const text = declaration.getText();
  if (ts.isFunctionDeclaration(declaration)) {
    const end = declaration.body?.getStart() ?? declaration.end;
    return text
      .slice(0, end - declaration.getStart())
      .replace(/^export (async )?/, "")
      .trim();
  }
  if (ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration))
    return text
      .slice(0, text.indexOf("{"))
      .replace(/^export /, "")
      .trim();
  if (ts.isTypeAliasDeclaration(declaration)) return text.replace(/^export /, "").trim();
  return ts.isVariableDeclaration(declaration) && declaration.type !== undefined
    ? `const ${name}: ${declaration.type.getText()}`
    : `const ${name}`;
}

/** Public members of an interface or class, its own first, then those it inherits, each with whom it comes from. */
function membersOf(
  symbol: ts.Symbol,
  declaration: ts.Declaration,
  checker: ts.TypeChecker,
): Member[] {
  if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration)) return [];
  const members = checker
    .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
    .flatMap((property): Member[] => memberOf(property, declaration, checker));
  const own = members.filter(({ from }) => from === undefined);
  return [...own, ...members.filter(({ from }) => from !== undefined)];
}

function memberOf(
  property: ts.Symbol,
  owner: ts.ClassDeclaration | ts.InterfaceDeclaration,
  checker: ts.TypeChecker,
): Member[] {
  const [declaration] = property.declarations ?? [];
  if (declaration === undefined || isHidden(property, declaration)) return [];
  const { parent } = declaration;
  const isNamed = ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent);
  const origin = isNamed && parent !== owner ? parent.name?.text : undefined;
  return [
    {
      name: property.name,
      type: typeText(declaration, property, checker),
      optional: (property.flags & ts.SymbolFlags.Optional) !== 0,
      text: docOf(property, checker),
      ...(origin === undefined ? {} : { from: origin }),
    },
  ];
}

function isHidden(property: ts.Symbol, declaration: ts.Declaration): boolean {
  const isPrivate = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) !== 0;
  const source = declaration.getSourceFile().fileName;
  return isPrivate || /^(#|__)/.test(property.name) || /\/(typescript|@types)\//.test(source);
}

function typeText(
  declaration: ts.Declaration,
  property: ts.Symbol,
  checker: ts.TypeChecker,
): string {
  if (ts.isMethodDeclaration(declaration)) {
    const text = declaration.getText();
    const end = (declaration.body?.getStart() ?? declaration.end) - declaration.getStart();
    return text.slice(text.indexOf("("), end).trim();
  }
  const { type } = declaration as { type?: ts.TypeNode };
  return (
    type?.getText() ??
    checker.typeToString(checker.getTypeOfSymbolAtLocation(property, declaration))
  );
}
