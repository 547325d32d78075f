import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { globMatcher, History } from "../../kernel/server/history.ts";
import { helpRequest } from "../../kernel/server/help-request.ts";
import { isComplete } from "../../kernel/server/is-complete.ts";
import type { Failure } from "../../kernel/server/sent-before.ts";
import { wasSentBefore } from "../../kernel/server/sent-before.ts";
import { fields, integer, InvalidContent, optional, text } from "../../kernel/messages/schema.ts";

describe("is_complete", () => {
  test.each([
    "",
    "1+1",
    "for(let i=0;i<3;i++){}",
    "const f=(a:number)=>a",
    "{ a: 1, b: 2 }",
    "await fetch('x')",
    "`a\nb`",
    "const é = '😀'",
    "Math.hypot?",
  ])("%j is complete", (code) => expect(isComplete(code).status).toBe("complete"));

  test.each([
    "function f(){",
    "const x = [1,",
    "`abc",
    "`a😀 ${1} b",
    "/* abc",
    "a +",
    "a.",
    "if (x)",
    "import {a} from",
    "try {}",
    "class A {\n  x = 1",
    "foo(1, // why",
    "x =>",
    "'😀'; `open",
  ])("%j is incomplete", (code) => expect(isComplete(code).status).toBe("incomplete"));

  test.each(["import 7q", "const = 3", "'abc", "foo)", "}", "1 +* 2", "const a = 1 b", "else"])(
    "%j is invalid",
    (code) => expect(isComplete(code).status).toBe("invalid"),
  );

  test("the next line is indented one step below an opening bracket", () => {
    expect(isComplete("if (a) {\n  for (;;) {")).toEqual({ status: "incomplete", indent: "    " });
    expect(isComplete("  a +")).toEqual({ status: "incomplete", indent: "  " });
  });

  test("any text has an answer", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (code) => {
        expect(["complete", "incomplete", "invalid"]).toContain(isComplete(code).status);
      }),
    );
  });
});

describe("history patterns", () => {
  test.each([
    ["*", "", true],
    ["a*c", "abbc", true],
    ["a*c", "abcd", false],
    ["?", "", false],
    ["a?c", "abc", true],
    ["*b*", "abc", true],
    ["a.c", "abc", false],
    ["", "", true],
    ["[a]", "a", false],
  ])("%j on %j: %s", (pattern, input, matches) => {
    expect(globMatcher(pattern)(input)).toBe(matches);
  });

  test("agree with a regular expression on any pattern", () => {
    const letters = (signs: string[]): fc.Arbitrary<string> =>
      fc.array(fc.constantFrom(...signs), { maxLength: 8 }).map((all) => all.join(""));
    fc.assert(
      fc.property(letters(["a", "b", "*", "?"]), letters(["a", "b"]), (pattern, input) => {
        const expression = pattern.replaceAll("*", ".*").replaceAll("?", ".");
        expect(globMatcher(pattern)(input)).toBe(new RegExp(`^${expression}$`).test(input));
      }),
    );
  });

  test("a hostile pattern takes no time", () => {
    const began = performance.now();
    expect(globMatcher("*a".repeat(500) + "b")("a".repeat(20_000))).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test("the same cell twice is found once when asked", () => {
    const history = new History();
    history.add(1, "x");
    history.add(2, "y");
    history.add(3, "x");
    const search = { hist_access_type: "search", pattern: "*", output: false, raw: true } as const;
    const rest = { session: 0, start: 0, stop: undefined, n: undefined };
    expect(history.find({ ...search, ...rest, unique: true })).toEqual([
      [1, 2, "y"],
      [1, 3, "x"],
    ]);
  });
});

test.each([
  ["Math.hypot?", { name: "Math.hypot", detail: 0 }],
  ["größe??", { name: "größe", detail: 1 }],
  ["?Math.hypot", { name: "Math.hypot", detail: 0 }],
  [" ?? größe ", { name: "größe", detail: 1 }],
  ["?a?", undefined],
  ["a ? b : c", undefined],
  ["f()?", undefined],
])("%j asks for help: %o", (code, request) => expect(helpRequest(code)).toEqual(request));

describe("requests on their way while a cell failed", () => {
  const header = { msg_id: "1", msg_type: "t", session: "s" };
  const at = (time: number): string => new Date(time).toISOString();
  /** A cell that came 100 ms ago and failed just now, by a clock that is so many ms off. */
  const failure = (off: number): Failure => {
    const now = Date.now();
    return { header: { ...header, date: at(now - 100 + off) }, cameAt: now - 100, failedAt: now };
  };

  test.each([
    [-50, true],
    [0, false],
    [50, false],
  ])(
    "sent %d ms after the failure: aborted is %s, whatever the clock of the front end says",
    (after, aborted) => {
      for (const off of [0, -5000, 3_600_000]) {
        const failed = failure(off);
        const date = at(failed.failedAt + after + off);
        expect(wasSentBefore({ ...header, date }, failed)).toBe(aborted);
      }
    },
  );

  test("a clock that goes back, no date, one without time zone, and another session abort nothing", () => {
    const failed = failure(0);
    expect(wasSentBefore({ ...header, date: at(failed.failedAt - 5000) }, failed)).toBe(false);
    expect(wasSentBefore(header, failed)).toBe(false);
    expect(wasSentBefore({ ...header, date: "2020-01-01T00:00:00" }, failed)).toBe(false);
    const other = { ...header, session: "other", date: at(failed.failedAt - 50) };
    expect(wasSentBefore(other, failed)).toBe(false);
  });

  test("long after the failure nothing is aborted", () => {
    const failed = { ...failure(0), failedAt: Date.now() - 1000 };
    expect(wasSentBefore({ ...header, date: at(failed.cameAt + 1) }, failed)).toBe(false);
  });
});

test("contents are checked by name, and what is not asked for is left out", () => {
  const check = fields({ code: text, n: optional(integer, 3) });
  expect(check({ code: "x", other: 1 }, "content")).toEqual({ code: "x", n: 3 });
  expect(() => check({ n: 1 }, "content")).toThrow(InvalidContent);
  expect(() => check(JSON.parse('{"__proto__": {"code": "x"}}'), "content")).toThrow(
    "content.code has to be text, but is undefined",
  );
});
