import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { isTypedFor, kernelCompletion } from "../../web/editor/complete.ts";

test.each([
  ["rs", true],
  ["r", false],
  ["scores.", true],
  ["scores.p", true],
  ['readCsv("m', true],
  ['readCsv("', false],
  ['check("00/pairs", n', false],
  ['check("00/pairs", nP', true],
  ['check("00/pairs", nPairs);', false],
  ["const words = ['a', 'b'];", false],
  ["`a ${b", true],
  ['"a\\"b', true],
  ['"a\\\\"; ', false],
  ["x; // don't", false],
  ["x; // the rsa", false],
  ['"http://rs', true],
  ["x; // it's 'a' ", false],
  ["", false],
  ["f( ", false],
])("after %s names are offered while one types: %s", (line, isOffered) => {
  expect(isTypedFor(line)).toBe(isOffered);
});

const askedFor = async (text: string, isExplicit: boolean): Promise<number> => {
  let asked = 0;
  const source = kernelCompletion(() => {
    asked += 1;
    return Promise.resolve({ matches: ["name"], cursor_start: text.length });
  });
  const state = EditorState.create({ doc: text });
  await source(new CompletionContext(state, text.length, isExplicit));
  return asked;
};

test("behind a string that is closed the kernel is asked only by Tab", async () => {
  expect(await askedFor('check("00/pairs", nPairs);', false)).toBe(0);
  expect(await askedFor('check("00/pairs", nPairs);', true)).toBe(1);
  expect(await askedFor('let a = "x";\nrs', false)).toBe(1);
});
