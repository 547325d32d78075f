import { isMissing } from "./files/specifiers.ts";

/** How an element of a library becomes HTML: the package that draws it, and what that calls the function. */
interface Renderer {
  readonly module: string;
  readonly names: readonly string[];
}

const react: Renderer = { module: "react-dom/server", names: ["renderToStaticMarkup"] };
const preact: Renderer = { module: "preact-render-to-string", names: ["render", "renderToString"] };

/** A function that imports as a cell does. */
type Import = (name: string) => Promise<object>;

/** The HTML of an element of React or Preact; undefined for other values, and without the package that draws it. */
export async function elementHtml(value: unknown, load: Import): Promise<string | undefined> {
  const renderer = rendererOf(value);
  if (renderer === undefined) return undefined;
  const found = await load(renderer.module).catch((error: unknown) => {
    if (isMissing(error, renderer.module)) return {};
    throw error;
  });
  const exported = found as Record<string, unknown> & { default?: Record<string, unknown> };
  const [render] = renderer.names
    .map((name) => exported[name] ?? exported.default?.[name])
    .filter((one) => typeof one === "function");
  return render === undefined
    ? undefined
    : String((render as (element: unknown) => unknown)(value));
}

function rendererOf(value: unknown): Renderer | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const mark = ownValue(value, "$$typeof");
  if (mark === Symbol.for("react.element") || mark === Symbol.for("react.transitional.element"))
    return react;
  // Preact marks its elements so that JSON from elsewhere cannot look like one.
  const isPreact =
    Object.hasOwn(value, "constructor") &&
    ownValue(value, "constructor") === undefined &&
    ownValue(value, "type") !== undefined &&
    ownValue(value, "props") !== undefined;
  return isPreact ? preact : undefined;
}

/** A property that is there as a value: no getter runs. */
function ownValue(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value as unknown;
}
