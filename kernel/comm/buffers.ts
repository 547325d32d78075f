/** State with its binary parts taken out, as the widget messages carry it. */
export interface PackedState {
  readonly state: Record<string, unknown>;
  /** Where in the state each buffer belongs. */
  readonly paths: readonly (readonly (string | number)[])[];
  readonly buffers: readonly Uint8Array[];
}

type Path = readonly (string | number)[];

/** Takes typed arrays, array buffers and data views out of a state, however deep they lie. */
export function packBuffers(state: Readonly<Record<string, unknown>>): PackedState {
  const paths: Path[] = [];
  const buffers: Uint8Array[] = [];
  const strip = (value: unknown, path: Path): unknown => {
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      paths.push(path);
      buffers.push(bytes);
      return undefined;
    }
    if (Array.isArray(value)) return value.map((item, i) => strip(item, [...path, i]) ?? null);
    return isPlain(value) ? stripObject(value, path) : value;
  };
  const stripObject = (object: Readonly<Record<string, unknown>>, path: Path) =>
    Object.fromEntries(
      Object.entries(object)
        .map(([key, value]) => [key, strip(value, [...path, key])] as const)
        .filter(([, value]) => value !== undefined),
    );
  return { state: stripObject(state, []), paths, buffers };
}

/** Puts the buffers back where the paths say; a path that leads nowhere is passed over. */
export function unpackBuffers(
  state: Readonly<Record<string, unknown>>,
  paths: unknown,
  buffers: readonly Uint8Array[],
): Record<string, unknown> {
  const whole = structuredClone(state) as Record<string, unknown>;
  (Array.isArray(paths) ? (paths as unknown[]) : []).forEach((path, i) => {
    if (Array.isArray(path) && buffers[i] !== undefined) put(whole, path as unknown[], buffers[i]);
  });
  return whole;
}

function put(root: Record<string, unknown>, path: readonly unknown[], value: Uint8Array): void {
  const keys = path.map(String);
  let at: unknown = root;
  for (const key of keys.slice(0, -1)) {
    if (!isContainer(at) || !Object.hasOwn(at, key)) return;
    at = at[key];
  }
  const last = keys.at(-1);
  if (isContainer(at) && last !== undefined && last !== "__proto__") at[last] = value;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!ArrayBuffer.isView(value)) return undefined;
  return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
