/** No source of a page has a map. */
export function findSourceMap(): undefined {
  return undefined;
}
