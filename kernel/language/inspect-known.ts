import { ts } from "./typescript.ts";
import { chainOf, mayBeNarrowed } from "./chain.ts";
import { bundleOf } from "./inspect.ts";
import type { KnownTypes } from "./known-types.ts";
import { findNode, isValuePlace } from "./places.ts";
import { sourceAt } from "./source.ts";

interface Question {
  readonly cell: string;
  /** The cursor in the cell. */
  readonly at: number;
  readonly types: () => KnownTypes;
  readonly service: ts.LanguageService;
}

/**
 * What is known of a name of a cell that ran, or of a global, as its declaration says it, without a new program:
 * undefined where the cell that is written matters.
 */
export function inspectKnown(
  { cell, at, types, service }: Question,
  detail: 0 | 1,
): Record<string, string> | undefined {
  const source = ts.createSourceFile("cell.ts", cell, ts.ScriptTarget.ESNext, true);
  const name = findNode(source, at, ts.isIdentifier);
  if (name === undefined || name.text === "" || name.getStart(source) > at) return undefined;
  const place = declarationOf(name, source, types);
  if (place === undefined) return undefined;
  const [path, position] = [place.getSourceFile().fileName, place.getStart()];
  const info = service.getQuickInfoAtPosition(path, position);
  if (info === undefined) return undefined;
  return bundleOf(info, detail, detail === 1 ? sourceAt(service, path, position) : undefined);
}

/** The name in the only declaration of what an expression stands for. */
function declarationOf(
  name: ts.Identifier,
  source: ts.SourceFile,
  types: () => KnownTypes,
): ts.Node | undefined {
  const { parent } = name;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === name;
  if (!isMember && !isValuePlace(name)) return undefined;
  const chain = chainOf(isMember ? parent : name);
  if (chain === undefined || mayBeNarrowed(source, chain.root)) return undefined;
  const symbol = types().symbolOf(chain);
  const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  // Of a generic type's member only the language service knows what its parameters stand for.
  if (declaration === undefined || isOfGeneric(declaration)) return undefined;
  return ts.getNameOfDeclaration(declaration);
}

function isOfGeneric({ parent }: ts.Declaration): boolean {
  const isType = ts.isInterfaceDeclaration(parent) || ts.isClassLike(parent);
  return isType && parent.typeParameters !== undefined;
}
