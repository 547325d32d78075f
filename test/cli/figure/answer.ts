import { vi } from "vitest";
import { runFigure } from "../../../cli/work/figure/figure.ts";

/** What `tsrsa figure --json` prints. */
export interface Answer {
  readonly agrees: boolean;
  readonly data: "real" | "demo";
  readonly comparisons: readonly {
    readonly what: string;
    readonly published: number | null;
    readonly reference: number | null;
    readonly computed: number | null;
    readonly agrees: boolean;
    readonly verdict: string;
  }[];
  readonly files: string[];
}

/** Make a figure again and read what was printed. */
export async function answerOf(name: string, data: string, out?: string): Promise<Answer> {
  const print = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await runFigure(name, { data, out, json: true });
    return JSON.parse(String(print.mock.calls.at(-1)?.[0])) as Answer;
  } finally {
    print.mockRestore();
  }
}

/** The computed numbers of a figure that was made from a twin, by what they are; nothing is held beside them. */
export async function onTwin(
  name: string,
  data: string,
  out?: string,
): Promise<Map<string, number>> {
  const answer = await answerOf(name, data, out);
  const compared = answer.comparisons.filter(
    ({ published, verdict }) => published !== null || verdict !== "not compared",
  );
  if (answer.data !== "demo" || answer.agrees || compared.length > 0)
    throw new Error(`a twin was compared: ${JSON.stringify(compared)}`);
  return new Map(answer.comparisons.map(({ what, computed }) => [what, computed ?? NaN]));
}
