import type { LookAnswer, LookQuestion } from "../executor/protocol.ts";
import type { Completion, LanguageService } from "./language.ts";
import { pathsAt } from "./path-completion.ts";
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
    if (!language.isReady && known.matches.length > 0) {
      language.warmUp();
      return known;
    }
    return merged(await language.complete(code, cursor), known);
  }

  async #byValue(before: string, cursor: number, hasTypes: boolean): Promise<Completion> {
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
