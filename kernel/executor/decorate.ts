type Decorator = (target: object, key?: PropertyKey, more?: unknown) => unknown;

interface Metadata {
  readonly metadata?: (key: string, value: unknown) => Decorator;
}

/**
 * Applies TypeScript's experimental decorators, last first: to a class (`key` undefined), or to a member of a
 * prototype, where `descriptor` null asks for that of the member.
 */
export function decorate(
  decorators: readonly Decorator[],
  target: object,
  key?: PropertyKey,
  descriptor?: PropertyDescriptor | null,
): unknown {
  if (key === undefined)
    return decorators.reduceRight<unknown>(
      (now, decorator) => decorator(now as object) || now,
      target,
    );
  const own = descriptor === null ? Object.getOwnPropertyDescriptor(target, key) : descriptor;
  const result = decorators.reduceRight<unknown>(
    (now, decorator) => decorator(target, key, now) || now,
    own,
  );
  if (result) Object.defineProperty(target, key, result as PropertyDescriptor);
  return result;
}

/** Notes a type for `reflect-metadata`, when it was imported. */
export function decorateMetadata(key: string, value: unknown): Decorator {
  const { metadata } = Reflect as Metadata;
  return typeof metadata === "function" ? metadata(key, value) : () => undefined;
}

/** A decorator of the parameter at `index` as one of the member it belongs to. */
export function decorateParam(index: number, decorator: Decorator): Decorator {
  return (target, key) => void decorator(target, key, index);
}
