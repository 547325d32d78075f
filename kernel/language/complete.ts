import { ts } from "./typescript.ts";

/** Completions in UTF-16 units of the cell. */
export interface Candidates {
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
  readonly kinds: readonly string[];
}

interface Question {
  readonly service: ts.LanguageService;
  readonly path: string;
  /** The module, and how much of it stands before the cell. */
  readonly text: string;
  readonly shift: number;
  /** The cursor in the cell. */
  readonly at: number;
  /** Names the user declared, which come first. */
  readonly own: ReadonlySet<string>;
}

/** What is typed of a name in the text of a cell. */
interface Typed {
  readonly text: string;
  /** Where the name may begin, the likeliest first. */
  readonly starts: readonly number[];
  readonly at: number;
  readonly own: ReadonlySet<string>;
}

const most = 1000;

/** What may stand at the cursor, the likeliest first. */
export function completeAt({ service, path, text, shift, at, own }: Question): Candidates {
  const position = at + shift;
  const found = service.getCompletionsAtPosition(path, position, {
    includeCompletionsWithInsertText: true,
    includeAutomaticOptionalChainCompletions: true,
  });
  const entries = (found?.entries ?? []).filter(
    ({ kind, name }) =>
      kind !== ts.ScriptElementKind.warning && !name.startsWith("__") && name !== "node_modules",
  );
  // A key that is no name, such as `[0]` of a pair, replaces the dot too; plain names are more.
  const isPlain = entries.some(({ replacementSpan }) => replacementSpan === undefined);
  const span = isPlain ? undefined : entries[0]?.replacementSpan;
  // With `?.` each name replaces as much of the word as it shares; the start is the same.
  const alike = entries.filter(({ replacementSpan }) => replacementSpan?.start === span?.start);
  // The part of a path after its last slash, a whole word in quotes, or a plain word.
  const starts = [span?.start, found?.optionalReplacementSpan?.start, wordStart(text, position)];
  const inCell = starts.flatMap((start) =>
    start !== undefined && start >= shift && start <= position ? [start - shift] : [],
  );
  return candidatesOf(alike, { text: text.slice(shift), starts: inCell, at, own });
}

/** The entries that go on with what is typed since the first of `starts` that has such, the likeliest first. */
export function candidatesOf(
  entries: readonly ts.CompletionEntry[],
  { text, starts, at, own }: Typed,
): Candidates {
  const tries = starts.map((start) => ({
    start,
    ranked: ranked(entries, text.slice(start, at), own),
  }));
  const { start, ranked: best } = tries.find((one) => one.ranked.length > 0) ?? {
    start: at,
    ranked: [],
  };
  return {
    start,
    end: at,
    names: best.map(textOf),
    kinds: best.map(({ kind }) => kindOf(kind)),
  };
}

function ranked(
  entries: readonly ts.CompletionEntry[],
  typed: string,
  own: ReadonlySet<string>,
): ts.CompletionEntry[] {
  return entries
    .map((entry) => ({ entry, rank: rank(entry, typed, own) }))
    .filter((one): one is { entry: ts.CompletionEntry; rank: string } => one.rank !== undefined)
    .sort((a, b) => compare(a.rank, b.rank) || compare(textOf(a.entry), textOf(b.entry)))
    .slice(0, most)
    .map(({ entry }) => entry);
}

function textOf({ insertText, name }: ts.CompletionEntry): string {
  return insertText ?? name;
}

/** A name that starts as typed comes before one that does so in other letters; others are left out. */
function rank(
  entry: ts.CompletionEntry,
  typed: string,
  own: ReadonlySet<string>,
): string | undefined {
  const plain = (text: string): string => text.replace(/^[?.[\]"'`]+/, "");
  const [start, whole] = [plain(typed), plain(textOf(entry))];
  const same = whole.startsWith(start);
  if (!same && !whole.toLowerCase().startsWith(start.toLowerCase())) return undefined;
  const hidden = /^[$_]/.test(whole) && !/^[$_]/.test(start);
  const mine = own.has(entry.name) && entry.kind !== ts.ScriptElementKind.memberVariableElement;
  return `${same ? 0 : 1}${mine ? 0 : 1}${hidden ? 1 : 0}${entry.sortText}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function wordStart(text: string, position: number): number {
  const word = /[\p{ID_Continue}$\u200c\u200d#]*$/u.exec(text.slice(0, position));
  return position - (word?.[0].length ?? 0);
}

function kindOf(kind: ts.ScriptElementKind): string {
  switch (kind) {
    case ts.ScriptElementKind.functionElement:
    case ts.ScriptElementKind.localFunctionElement:
    case ts.ScriptElementKind.memberFunctionElement:
      return "function";
    case ts.ScriptElementKind.classElement:
    case ts.ScriptElementKind.localClassElement:
      return "class";
    case ts.ScriptElementKind.memberVariableElement:
    case ts.ScriptElementKind.memberGetAccessorElement:
    case ts.ScriptElementKind.memberSetAccessorElement:
      return "property";
    case ts.ScriptElementKind.moduleElement:
    case ts.ScriptElementKind.externalModuleName:
    case ts.ScriptElementKind.scriptElement:
    case ts.ScriptElementKind.directory:
      return "module";
    case ts.ScriptElementKind.interfaceElement:
    case ts.ScriptElementKind.typeElement:
    case ts.ScriptElementKind.enumElement:
      return "type";
    case ts.ScriptElementKind.keyword:
      return "keyword";
    default:
      return "variable";
  }
}
