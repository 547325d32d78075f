import { isTsx } from "./tsx.ts";
import { ts } from "./typescript.ts";

/** How the top level of a cell declares a name. */
export type NameKind = "variable" | "constant" | "other";

/** A name that the top level of a cell declares, a type's and an import's included. */
export interface CellName {
  readonly name: string;
  readonly kind: NameKind;
  /** True when the declaration itself exports the name. */
  readonly exported: boolean;
}

/** The names a cell declares at its top level. */
export function cellNames(code: string): CellName[] {
  const kind = isTsx(code) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const { statements } = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext, false, kind);
  return statements.flatMap((statement) => {
    const exported = isExported(statement);
    return statementNames(statement).map(([name, kind]) => ({ name, kind, exported }));
  });
}

function statementNames(statement: ts.Statement): [string, NameKind][] {
  const as =
    (kind: NameKind) =>
    (name: string): [string, NameKind] => [name, kind];
  if (ts.isVariableStatement(statement)) {
    const { declarationList } = statement;
    return bindingNames(declarationList).map(
      as(isConstant(declarationList) ? "constant" : "variable"),
    );
  }
  if (ts.isImportDeclaration(statement)) return importNames(statement).map(as("other"));
  if (isNamed(statement)) return [[statement.name.text, "other"]];
  return nestedVars(statement).map(as("variable"));
}

function isExported(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  const has = (wanted: ts.SyntaxKind): boolean => modifiers.some(({ kind }) => kind === wanted);
  return has(ts.SyntaxKind.ExportKeyword) && !has(ts.SyntaxKind.DefaultKeyword);
}

function isConstant(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped & ~ts.NodeFlags.Let) !== 0;
}

function isNamed(node: ts.Node): node is ts.Node & { name: ts.Identifier } {
  const declares =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isImportEqualsDeclaration(node);
  return declares && node.name !== undefined && ts.isIdentifier(node.name) && node.name.text !== "";
}

function bindingNames(list: ts.VariableDeclarationList): string[] {
  const read = (name: ts.BindingName): string[] =>
    ts.isIdentifier(name)
      ? [name.text]
      : name.elements.flatMap((part) => (ts.isOmittedExpression(part) ? [] : read(part.name)));
  return list.declarations.flatMap(({ name }) => read(name)).filter((name) => name !== "");
}

function importNames({ importClause }: ts.ImportDeclaration): string[] {
  const named = importClause?.namedBindings;
  const inner =
    named === undefined
      ? []
      : ts.isNamespaceImport(named)
        ? [named.name.text]
        : named.elements.map(({ name }) => name.text);
  return importClause?.name === undefined ? inner : [importClause.name.text, ...inner];
}

/** `var` in a nested block belongs to the cell. */
function nestedVars(node: ts.Node): string[] {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return [];
  const own =
    ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0
      ? bindingNames(node)
      : [];
  const inner: string[] = [];
  ts.forEachChild(node, (child) => {
    inner.push(...nestedVars(child));
  });
  return [...own, ...inner];
}
