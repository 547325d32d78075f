import { FileChanged } from "./errors.ts";

/** What tells one state of a file on a server from another. */
export interface FileIdentity {
  readonly size: number;
  readonly etag: string | null;
  readonly modified: string | null;
}

/** The identity that an answer tells. */
export function identityOf(headers: Headers, size: number): FileIdentity {
  return { size, etag: headers.get("etag"), modified: headers.get("last-modified") };
}

/** Refuse a part of another state of the file. Throws `FileChanged`. */
export function checkSame(address: string, before: FileIdentity, now: FileIdentity): void {
  if (before.size !== now.size)
    throw new FileChanged(address, "length", `${before.size} bytes`, `${now.size} bytes`);
  if (before.etag !== now.etag) throw changed(address, "ETag", before.etag, now.etag);
  if (before.etag === null && before.modified !== now.modified)
    throw changed(address, "time of change", before.modified, now.modified);
}

function changed(
  address: string,
  what: string,
  before: string | null,
  now: string | null,
): FileChanged {
  return new FileChanged(address, what, before ?? "not told", now ?? "not told");
}
