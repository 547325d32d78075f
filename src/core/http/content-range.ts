/** Which bytes of how many an answer holds. */
export interface ContentRange {
  readonly from: number;
  /** The one after the last. */
  readonly to: number;
  readonly size: number;
}

/** From `Content-Range: bytes 0-99/1234`; undefined for a header that is not there, or tells no size. */
export function contentRange(headers: Headers): ContentRange | undefined {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/i.exec(headers.get("content-range")?.trim() ?? "");
  const [from, last, size] = found?.slice(1).map(Number) ?? [NaN];
  if (!Number.isSafeInteger(size) || last < from) return undefined;
  return { from, to: last + 1, size };
}
