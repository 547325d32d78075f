import { dirname, join } from "node:path";
import ts from "typescript";

const root = dirname(dirname(import.meta.dirname));
const entries = ["src/index.ts", "src/io/index.ts", "src/plot/index.ts", "data-fetch/index.ts"];

/** The parameters of a public function, and of each that is options the names they may have. */
export interface Signature {
  readonly parameters: readonly string[];
  /** Place of the options among the parameters; −1: it takes none. */
  readonly optionsAt: number;
  readonly options: readonly string[];
}

/** The signatures of everything that is exported and can be called, as the compiler sees them. */
export function signatures(): ReadonlyMap<string, Signature> {
  const program = programOf();
  const checker = program.getTypeChecker();
  const found = new Map<string, Signature>();
  for (const entry of entries) {
    const file = program.getSourceFile(join(root, entry));
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
    for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module))
      addSignature(found, symbol, checker);
  }
  return found;
}

function programOf(): ts.Program {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) =>
    ts.sys.readFile(path),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  return ts.createProgram(
    entries.map((entry) => join(root, entry)),
    { ...options, types: ["node"] },
  );
}

function addSignature(
  found: Map<string, Signature>,
  exported: ts.Symbol,
  checker: ts.TypeChecker,
): void {
  const symbol =
    exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const { valueDeclaration } = symbol;
  if (valueDeclaration === undefined) return;
  const type = checker.getTypeOfSymbolAtLocation(symbol, valueDeclaration);
  const call = [...type.getCallSignatures(), ...type.getConstructSignatures()].at(0);
  if (call === undefined) return;
  const parameters = call.getParameters();
  const optionsAt = parameters.findIndex(({ name }) => name === "options" || name === "job");
  found.set(type.getConstructSignatures().length > 0 ? `new ${symbol.name}` : symbol.name, {
    parameters: parameters.map(({ name }) => name),
    optionsAt,
    options:
      optionsAt < 0
        ? []
        : namesOf(
            checker.getTypeOfSymbolAtLocation(parameters[optionsAt], valueDeclaration),
            checker,
          ),
  });
}

function namesOf(type: ts.Type, checker: ts.TypeChecker): string[] {
  const members = type.isUnion() ? type.types : [type];
  return [
    ...new Set(
      members.flatMap((member) => checker.getPropertiesOfType(member).map(({ name }) => name)),
    ),
  ];
}
