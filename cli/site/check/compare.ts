/** A named result of a notebook. */
export type Results = Readonly<Record<string, unknown>>;

const resultMime = "application/vnd.tsrsa.result+json";

interface Outputs {
  readonly cells: readonly {
    readonly outputs?: readonly {
      readonly output_type?: string;
      readonly evalue?: string;
      readonly data?: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

/** The named results of a notebook's text, and the words of the cells that failed; a blank that is not done is no failure. */
export function resultsOf(text: string): { results: Results; failures: string[] } {
  const all = (JSON.parse(text) as Outputs).cells.flatMap(({ outputs = [] }) => outputs);
  const named = all.flatMap(({ data }) => {
    const found = data?.[resultMime] as { name?: string; value?: unknown } | undefined;
    return found?.name === undefined ? [] : [[found.name, found.value] as const];
  });
  const failures = all
    .filter(
      ({ output_type: type, evalue = "" }) => type === "error" && !/^not done yet/.test(evalue),
    )
    .map(({ evalue = "" }) => evalue.split("\n")[0]);
  return { results: Object.fromEntries(named), failures };
}

/** Where two runs differ, in words. With `tolerance` 0 numbers have to be the same to the last digit. */
export function differences(node: Results, page: Results, tolerance: number): string[] {
  const names = new Set([...Object.keys(node), ...Object.keys(page)]);
  return [...names].flatMap((name) => {
    if (!(name in page)) return [`${name} is missing in the page`];
    if (!(name in node)) return [`${name} is there in the page alone`];
    return isSame(node[name], page[name], tolerance)
      ? []
      : [
          `${name}: ${JSON.stringify(node[name])} in Node, ${JSON.stringify(page[name])} in the page`,
        ];
  });
}

function isSame(a: unknown, b: unknown, tolerance: number): boolean {
  if (typeof a === "number" && typeof b === "number")
    return Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => isSame((a as Results)[key], (b as Results)[key], tolerance));
}
