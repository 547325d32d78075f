import { ts } from "./typescript.ts";
import { chainOf, mayBeNarrowed } from "./chain.ts";
import type { Candidates } from "./complete.ts";
import { candidatesOf } from "./complete.ts";
import { entryOf, keywordEntries } from "./entries.ts";
import type { KnownTypes } from "./known-types.ts";
import { cellNames } from "./names.ts";
import { findNode, isAtTop, isValuePlace } from "./places.ts";

interface Question {
  readonly cell: string;
  /** The cursor in the cell. */
  readonly at: number;
  /** Names of the cells that ran. */
  readonly ran: ReadonlySet<string>;
  /** Names the user declared, which come first. */
  readonly own: ReadonlySet<string>;
  readonly types: () => KnownTypes;
}

/**
 * Completes members and names from the types of what ran, without a new program: undefined where the cell that
 * is written matters, which takes the whole language service.
 */
export function completeKnown(question: Question): Candidates | undefined {
  const { cell, at, own } = question;
  const start = at - (/[\p{ID_Continue}$]*$/u.exec(cell.slice(0, at))?.[0].length ?? 0);
  const source = ts.createSourceFile("cell.ts", cell, ts.ScriptTarget.ESNext, true);
  const entries = membersAt(source, start, question) ?? namesAt(source, start, question);
  return entries === undefined
    ? undefined
    : candidatesOf(entries, { text: cell, starts: [start], at, own });
}

/** The members of what stands before a dot. */
function membersAt(
  source: ts.SourceFile,
  start: number,
  { types }: Question,
): ts.CompletionEntry[] | undefined {
  const access = findNode(source, start, (node): node is ts.PropertyAccessExpression => {
    if (!ts.isPropertyAccessExpression(node) || node.expression.end >= start) return false;
    return source.text.slice(node.expression.end, start).trim() === ".";
  });
  const chain = access === undefined ? undefined : chainOf(access.expression);
  if (chain === undefined || mayBeNarrowed(source, chain.root)) return undefined;
  const known = types();
  const type = known.typeOf(chain);
  return type === undefined ? undefined : known.members(type).map((symbol) => entryOf(symbol));
}

/** The names that may stand for a value at the top level of a cell. */
function namesAt(
  source: ts.SourceFile,
  start: number,
  { at, ran, types }: Question,
): ts.CompletionEntry[] | undefined {
  const name = findNode(
    source,
    start,
    (node): node is ts.Identifier =>
      ts.isIdentifier(node) && node.getStart(source) === start && node.end >= at && start < at,
  );
  if (name === undefined || !isValuePlace(name) || !isAtTop(name)) return undefined;
  const declared = cellNames(source.text);
  // Whether a name stands for a value only its declaration tells.
  if (declared.some(({ kind }) => kind === "other")) return undefined;
  const known = types();
  const typed = source.text.slice(start, at).toLowerCase();
  const matching = [...ran].filter((one) => one.toLowerCase().startsWith(typed));
  const hidden = new Set([...ran, ...declared.map((one) => one.name)]);
  return [
    ...declared.map((one) => ({ ...variable, name: one.name })),
    ...matching.flatMap((one) => known.entry(one) ?? []),
    ...known
      .globals()
      .filter((one) => !hidden.has(one.name))
      .map((one) => entryOf(one, "15")),
    ...keywordEntries,
  ];
}

const variable = { kind: ts.ScriptElementKind.letElement, sortText: "11" };
