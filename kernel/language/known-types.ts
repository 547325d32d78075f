import { join } from "node:path";
import { ts } from "./typescript.ts";
import type { Cells } from "./cells.ts";
import { cellFile } from "./cells.ts";
import type { Chain, Step } from "./chain.ts";
import { entryOf } from "./entries.ts";

/** Where the types of cells that ran are looked up. */
interface Place {
  readonly program: ts.Program;
  readonly cells: Cells;
  /** Folder of the notebook. */
  readonly folder: string;
  /** A file of the program that sees globals alone. */
  readonly ambient: string;
}

/**
 * What a checker says of names that cells declared, and of globals, without a new program. Whatever could have
 * more than one meaning is left to the language service.
 */
export class KnownTypes {
  readonly #place: Place;
  readonly #checker: ts.TypeChecker;
  #globals: readonly ts.Symbol[] | undefined;

  constructor(place: Place) {
    this.#place = place;
    this.#checker = place.program.getTypeChecker();
  }

  /** The program whose types these are. */
  get program(): ts.Program {
    return this.#place.program;
  }

  /** The type of the value a chain leads to; undefined where that takes more than a look. */
  typeOf({ root, steps }: Chain): ts.Type | undefined {
    const symbol = this.symbol(root.text);
    if (symbol === undefined) return undefined;
    const first = this.#plain(this.#checker.getTypeOfSymbol(symbol));
    return steps.reduce<ts.Type | undefined>(
      (type, step) => (type === undefined ? undefined : this.#plain(this.#after(type, step))),
      first,
    );
  }

  /** The name or member a chain leads to. */
  symbolOf({ root, steps }: Chain): ts.Symbol | undefined {
    const last = steps.at(-1);
    if (last === undefined) return this.symbol(root.text);
    const type =
      last.kind === "member" ? this.typeOf({ root, steps: steps.slice(0, -1) }) : undefined;
    return type === undefined || last.kind !== "member" ? undefined : this.#member(type, last.name);
  }

  /** What a name stands for as a value. */
  symbol(name: string): ts.Symbol | undefined {
    const home = this.#place.cells.homeOf(name);
    const found = home === undefined ? this.#global(name) : this.#exported(home, name);
    if (found === undefined) return undefined;
    const target =
      (found.flags & ts.SymbolFlags.Alias) !== 0 ? this.#checker.getAliasedSymbol(found) : found;
    return (target.flags & ts.SymbolFlags.Value) === 0 ? undefined : target;
  }

  /** A name of a cell as the language service lists it; undefined when it stands for no value. */
  entry(name: string): ts.CompletionEntry | undefined {
    const symbol = this.symbol(name);
    return symbol === undefined ? undefined : { ...entryOf(symbol), name };
  }

  /** The members of a value that code outside its class may name. */
  members(type: ts.Type): readonly ts.Symbol[] {
    const own = this.#checker.getPropertiesOfType(this.#checker.getApparentType(type));
    const names = new Set(own.map(({ name }) => name));
    const ofFunction = isFunction(type) ? this.#membersOf("Function") : [];
    return [...own, ...ofFunction.filter(({ name }) => !names.has(name))].filter(
      (member) => isOpen(member) && isIdentifier(member.name),
    );
  }

  /** The globals that are values. */
  globals(): readonly ts.Symbol[] {
    const source = this.#place.program.getSourceFile(this.#place.ambient);
    if (source === undefined) return [];
    // A module that a declaration file describes is a symbol too, with quotes around its name.
    return (this.#globals ??= this.#checker
      .getSymbolsInScope(source, ts.SymbolFlags.Value)
      .filter(({ name }) => isIdentifier(name)));
  }

  #membersOf(type: string): readonly ts.Symbol[] {
    const symbol = this.#global(type);
    return symbol === undefined
      ? []
      : this.#checker.getDeclaredTypeOfSymbol(symbol).getProperties();
  }

  #global(name: string): ts.Symbol | undefined {
    return this.globals().find((symbol) => symbol.name === name);
  }

  #exported(cell: number, name: string): ts.Symbol | undefined {
    const source = this.#place.program.getSourceFile(join(this.#place.folder, cellFile(cell)));
    const module = source === undefined ? undefined : this.#checker.getSymbolAtLocation(source);
    return module === undefined
      ? undefined
      : this.#checker.tryGetMemberInModuleExports(name, module);
  }

  #member(type: ts.Type, name: string): ts.Symbol | undefined {
    return this.#checker.getPropertyOfType(this.#checker.getApparentType(type), name);
  }

  #after(type: ts.Type, step: Step): ts.Type | undefined {
    switch (step.kind) {
      case "member": {
        const member = this.#member(type, step.name);
        return member === undefined ? undefined : this.#checker.getTypeOfSymbol(member);
      }
      case "index":
        return this.#checker.isTupleType(type)
          ? undefined
          : this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number);
      case "call": {
        const [signature, another] = type.getCallSignatures();
        const isOne = another === undefined && signature?.typeParameters === undefined;
        return isOne ? signature?.getReturnType() : undefined;
      }
    }
  }

  /** A type with one meaning: `?.`, narrowing and unions take the whole language service. */
  #plain(type: ts.Type | undefined): ts.Type | undefined {
    const other = ts.TypeFlags.Union | ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never;
    return type === undefined || (type.flags & other & ~ts.TypeFlags.Boolean) !== 0
      ? undefined
      : type;
  }
}

function isFunction(type: ts.Type): boolean {
  return type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
}

function isOpen({ declarations = [] }: ts.Symbol): boolean {
  const closed = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return declarations.every((one) => (ts.getCombinedModifierFlags(one) & closed) === 0);
}

function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}
