import { Unsupported } from "../../core/errors.ts";

/** As much of an element as a selector looks at. */
interface Selectable {
  readonly tagName: string;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
}

/** One that knows the elements below it, in document order. */
interface SelectableTree<Self> extends Selectable {
  descendants(): Self[];
}

/**
 * Whether an element is meant by a simple selector: tag, `#id`, `.class`, `[attribute]`, `[attribute=value]`, joined
 * without spaces, or several after commas. Throws `Unsupported` for anything else rather than match wrongly.
 */
export function matches(element: Selectable, selector: string): boolean {
  return selector.split(",").some((one) => parse(one.trim()).every((test) => test(element)));
}

/** The elements below `root` that are meant, in document order. A space asks for a descendant. */
export function selectAll<T extends SelectableTree<T>>(root: T, selector: string): T[] {
  const found = new Set<T>();
  for (const one of selector.split(",")) {
    let within = [root];
    for (const step of one.trim().split(/\s+/))
      within = [...new Set(within.flatMap((el) => el.descendants()))].filter((el) =>
        matches(el, step),
      );
    for (const element of within) found.add(element);
  }
  return root.descendants().filter((element) => found.has(element));
}

type Test = (element: Selectable) => boolean;

const PART =
  /^(?:\*|([a-zA-Z][\w-]*)|#([\w-]+)|\.([\w-]+)|\[([\w:-]+)(?:=(?:"([^"]*)"|'([^']*)'|([\w-]+)))?\])/;

function parse(selector: string): Test[] {
  const tests: Test[] = [];
  let rest = selector;
  while (rest !== "" || tests.length === 0) {
    const part = PART.exec(rest);
    if (part === null)
      throw new Unsupported(
        `the selector ${JSON.stringify(selector)} is not one a figure's document knows`,
        "use a tag, #id, .class or [attribute]",
      );
    tests.push(testOf(part));
    rest = rest.slice(part[0].length);
  }
  return tests;
}

function testOf([, tag, id, name, attribute, ...values]: RegExpExecArray): Test {
  if (tag !== undefined) return (element) => element.tagName === tag;
  if (id !== undefined) return (element) => element.getAttribute("id") === id;
  if (name !== undefined)
    return (element) => (element.getAttribute("class") ?? "").split(/\s+/).includes(name);
  if (attribute === undefined) return () => true;
  const value = values.find((found) => found !== undefined);
  return (element) =>
    value === undefined
      ? element.hasAttribute(attribute)
      : element.getAttribute(attribute) === value;
}
