import { FileFormatError } from "../../core/errors.ts";

/** One record of a CSV text: its fields, and the line it begins on, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The records of a CSV text (RFC 4180): fields in double quotes may hold delimiters, line ends and doubled quotes;
 * lines end in LF, CRLF or CR. Lines without a character are skipped, as pandas does.
 */
export function* splitRecords(text: string, delimiter: string, file: string): Generator<CsvRecord> {
  let [at, line] = [0, 1];
  while (at < text.length) {
    const begin = line;
    const empty = text[at] === "\n" || text[at] === "\r";
    const fields: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at, begin, file) : bare(text, at, delimiter);
      fields.push(field.value);
      line += field.lines;
      at = field.end;
      if (text[at] !== delimiter) break;
      at++;
    }
    if (at < text.length && text[at] !== "\n" && text[at] !== "\r") {
      const found = JSON.stringify(text.slice(at, at + 10));
      const expected = "a delimiter or the end of the line after a closing quote";
      throw new FileFormatError(file, `line ${line}`, expected, found);
    }
    if (!empty) yield { line: begin, fields };
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    line++;
  }
}

interface Field {
  readonly value: string;
  /** Where the field ends. */
  readonly end: number;
  /** Line ends within it. */
  readonly lines: number;
}

function bare(text: string, start: number, delimiter: string): Field {
  let end = start;
  while (end < text.length && !isEnd(text[end], delimiter)) end++;
  return { value: text.slice(start, end), end, lines: 0 };
}

function isEnd(character: string, delimiter: string): boolean {
  return character === delimiter || character === "\n" || character === "\r";
}

function quoted(text: string, start: number, line: number, file: string): Field {
  let end = start + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0)
      throw new FileFormatError(file, `line ${line}`, "a closing quote", "the end of the text");
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  const inside = text.slice(start + 1, end);
  const lines = inside.match(/\r\n|\n|\r/g)?.length ?? 0;
  return { value: inside.replaceAll('""', '"'), end: end + 1, lines };
}
