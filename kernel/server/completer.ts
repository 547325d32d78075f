import type { LookAnswer, LookQuestion } from "../executor/protocol.ts";
import type { Completion, Inspection, LanguageService } from "./language.ts";
import { pathsAt } from "./path-completion.ts";
import { withValue } from "./value-help.ts";
import { valueQuestion } from "./value-question.ts";

interface CompleterParts {
  readonly language: () => Promise<LanguageService>;
  /** Asks the process of the cells; undefined when it is busy. */
  readonly look: (question: LookQuestion) => Promise<LookAnswer | undefined>;
  readonly folder: string;
}

/** Completes from types, and from the values there are where types know nothing, or are not ready yet. */
export class Completer {
  readonly #parts: CompleterParts;

  constructor(parts: CompleterParts) {
    this.#parts = parts;
  }

  /** `cursor` counts code points. */
  async complete(code: string, cursor: number): Promise<Completion> {
    const before = [...code].slice(0, cursor).join("");
    const language = await this.#parts.language();
    const known = await this.#byValue(before, cursor, language.isReady);
    if (magicAt.test(before)) return known;
    if (!language.isReady && known.matches.length > 0) {
      language.warmUp();
      return known;
    }
    return merged(await language.complete(code, cursor), known);
  }

  async #magics(typed: string, cursor: number): Promise<Completion> {
    const names = (await this.#parts.look({ steps: [], names: "magics" }))?.names ?? [];
    const [percent = ""] = /^%+/.exec(typed) ?? [];
    const kinds = names.map(() => "magic");
    return matching(
      names.map((name) => percent + name),
      kinds,
      typed,
      cursor,
    );
  }

  /** What types say of the name at the cursor, with its value where they know nothing. */
  async inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection> {
    const language = await this.#parts.language();
    const typed = await language.inspect(code, cursor, detail);
    const points = [...code];
    const rest = /^[\p{ID_Continue}$]*/u.exec(points.slice(cursor).join("")) ?? [""];
    const before = points.slice(0, cursor).join("") + rest[0];
    return withValue(typed, before, this.#parts.look);
  }

  async #byValue(before: string, cursor: number, hasTypes: boolean): Promise<Completion> {
    const magic = magicAt.exec(before)?.[1];
    if (magic !== undefined) return this.#magics(magic, cursor);
    const paths = await pathsAt(before, this.#parts.folder);
    if (paths !== undefined) return matching(paths.names, [], paths.typed, cursor);
    const asked = valueQuestion(before);
    // Of plain names types know all.
    const isKnown = asked === undefined || (hasTypes && asked.question.root === undefined);
    const answer = isKnown ? undefined : await this.#parts.look(asked.question);
    if (isKnown || answer === undefined) return matching([], [], "", cursor);
    const isMember = !/["'`][^"'`]*$/.test(before.slice(-asked.typed.length - 1));
    const names = answer.names.map((name) => (!isMember || isIdentifier(name) ? name : ""));
    return matching(names, answer.kinds, asked.typed, cursor);
  }
}

/** The beginning of a magic, with no code above it. */
const magicAt = /^(?:\s*\n|%[^\n]*\n)*(%%?[a-z_]*)$/;

function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

function matching(
  names: readonly string[],
  kinds: readonly string[],
  typed: string,
  cursor: number,
): Completion {
  const found = names
    .map((name, i) => ({ name, kind: kinds[i] ?? "" }))
    .filter(({ name }) => name !== "" && name.toLowerCase().startsWith(typed.toLowerCase()))
    .filter(({ name }) => !name.startsWith("_") || typed.startsWith("_"));
  return {
    matches: found.map(({ name }) => name),
    kinds: found.map(({ kind }) => kind),
    cursorStart: cursor - [...typed].length,
    cursorEnd: cursor,
  };
}

/** What types know comes first; values add what types lack. */
function merged(typed: Completion, known: Completion): Completion {
  if (known.matches.length === 0) return typed;
  if (typed.matches.length === 0 || typed.cursorStart !== known.cursorStart) return known;
  const plain = new Set(typed.matches.map((match) => match.replace(/^\??\./, "")));
  const more = known.matches
    .map((match, i) => ({ match, kind: known.kinds[i] }))
    .filter(({ match }) => !plain.has(match));
  return {
    ...typed,
    matches: [...typed.matches, ...more.map(({ match }) => match)],
    kinds: [...typed.kinds, ...more.map(({ kind }) => kind)],
  };
}
