/** What the header of an `.npy` file is written in: a few kinds of Python literals. */
export type PythonLiteral =
  | string
  | number
  | boolean
  | null
  | { readonly tuple: readonly PythonLiteral[] }
  | { readonly list: readonly PythonLiteral[] }
  | { readonly dict: ReadonlyMap<string, PythonLiteral> };

const TOKEN = /\s*(?:('[^'\\\n]*'|"[^"\\\n]*")|(\d+)L?|(True|False|None)\b|([{}()[\]:,]))/y;
const MOST_DEPTH = 16;

interface Token {
  readonly text: string;
  readonly value?: string | number | boolean | null;
}

/** Parse one literal. Throws a plain `SyntaxError` that says what is wrong. */
export function parsePythonLiteral(text: string): PythonLiteral {
  const tokens = tokenize(text);
  let at = 0;
  const next = (): Token => {
    if (at >= tokens.length) throw new SyntaxError("an end in the middle");
    return tokens[at++];
  };
  const peek = () => tokens[at]?.text;

  function value(depth: number): PythonLiteral {
    if (depth > MOST_DEPTH) throw new SyntaxError("brackets too deep");
    const token = next();
    if (token.value !== undefined) return token.value;
    if (token.text === "{") return { dict: dict(depth) };
    if (token.text === "[") return { list: series("]", depth).values };
    if (token.text === "(") {
      const { values, comma } = series(")", depth);
      return values.length === 1 && !comma ? values[0] : { tuple: values };
    }
    throw new SyntaxError(`${JSON.stringify(token.text)} where a value should be`);
  }

  function series(close: string, depth: number) {
    const values: PythonLiteral[] = [];
    let comma = false;
    while (peek() !== close) {
      values.push(value(depth + 1));
      comma = peek() === ",";
      if (comma) next();
      else if (peek() !== close) throw new SyntaxError(`no comma before ${peek() ?? "the end"}`);
    }
    next();
    return { values, comma };
  }

  function dict(depth: number): Map<string, PythonLiteral> {
    const entries = new Map<string, PythonLiteral>();
    while (peek() !== "}") {
      const key = next().value;
      if (typeof key !== "string") throw new SyntaxError("a key that is not text");
      if (entries.has(key)) throw new SyntaxError(`the key ${JSON.stringify(key)} twice`);
      if (next().text !== ":") throw new SyntaxError(`no colon after ${JSON.stringify(key)}`);
      entries.set(key, value(depth + 1));
      if (peek() === ",") next();
      else if (peek() !== "}") throw new SyntaxError("no comma between entries");
    }
    next();
    return entries;
  }

  const result = value(0);
  if (at < tokens.length) throw new SyntaxError("text after the end");
  return result;
}

function tokenize(text: string): Token[] {
  const source = text.trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(source);
    if (found === null)
      throw new SyntaxError(`${JSON.stringify(source.slice(at, at + 12))} at character ${at}`);
    tokens.push(tokenOf(found));
    at = TOKEN.lastIndex;
  }
  return tokens;
}

const WORDS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

function tokenOf([whole, quoted, digits, word]: RegExpExecArray): Token {
  const text = whole.trim();
  if (quoted !== undefined) return { text, value: quoted.slice(1, -1) };
  if (digits !== undefined) return { text, value: Number(digits) };
  if (word !== undefined) return { text, value: WORDS[word] };
  return { text };
}
