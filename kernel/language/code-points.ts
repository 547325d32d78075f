/** The index into a string of its `count`-th code point. */
export function toIndex(text: string, count: number): number {
  let index = 0;
  for (let seen = 0; seen < count && index < text.length; seen++)
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  return index;
}

/** How many code points come before an index into a string. */
export function toCodePoints(text: string, index: number): number {
  return Array.from(text.slice(0, index)).length;
}
