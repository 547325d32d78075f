/** Where a key leads: by so many slides, or to one. */
export type Step = { readonly by: number } | { readonly to: number };

const steps = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["PageDown", 1],
  ["Enter", 1],
  [" ", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
  ["PageUp", -1],
  ["Backspace", -1],
]);

/** The step of a key, which presenters' pointers send too; undefined for a key that turns no slide. */
export function stepOf(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  total: number,
): Step | undefined {
  if (key === "Home") return { to: 0 };
  if (key === "End") return { to: total - 1 };
  const by = steps.get(key);
  if (by === undefined) return undefined;
  return { by: key === " " && shiftKey ? -by : by };
}
