import { text } from "node:stream/consumers";
import { FileFormatError } from "../../src/core/errors.ts";
import type { RemoteFile } from "../data-set.ts";
import { DownloadFailed, reasonOf } from "../download/errors.ts";
import { request } from "../download/request.ts";

const host = "https://datadryad.org";
/** Environment variable for the token that Dryad wants for downloads. */
export const dryadToken = "DRYAD_TOKEN";

/** Dryad's answer, as far as we read it. */
export interface Listing {
  readonly _links?: Readonly<Record<string, { readonly href?: string }>>;
  readonly _embedded?: { readonly "stash:files"?: readonly DryadFile[] };
}

interface DryadFile {
  readonly path?: string;
  readonly size?: number;
  readonly digest?: string;
  readonly digestType?: string;
  readonly _links?: Readonly<Record<string, { readonly href?: string }>>;
}

/**
 * The files of a Dryad data set that are wanted, with the address, size and hash that Dryad states.
 * Throws `DownloadFailed` when Dryad cannot be asked, `FileFormatError` when it does not list a file.
 */
export async function dryadFiles(
  doi: string,
  wanted: readonly string[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<RemoteFile[]> {
  const dataset = await ask(`/api/v2/datasets/${encodeURIComponent(`doi:${doi}`)}`, signal);
  const version = linkOf(dataset, "stash:version", doi);
  const listing = await ask(`${version}/files?per_page=100`, signal);
  return wantedFiles(listing, wanted, doi);
}

/** The wanted files of Dryad's list. Throws `FileFormatError` for one that it lacks. */
export function wantedFiles(
  listing: Listing,
  wanted: readonly string[],
  doi: string,
): RemoteFile[] {
  const files = listing._embedded?.["stash:files"] ?? [];
  return wanted.map((path) => {
    const found = files.find((file) => file.path === path);
    if (found === undefined)
      throw new FileFormatError(`Dryad's list of ${doi}`, path, "the file", "no such file", {
        advice: "the data set has changed; look at its page and pass the folder with its files",
      });
    return remoteFile(path, found, doi);
  });
}

async function ask(path: string, signal: AbortSignal | undefined): Promise<Listing> {
  const url = new URL(path, host).href;
  if (process.env.TSRSA_OFFLINE !== undefined)
    throw new DownloadFailed(url, "TSRSA_OFFLINE is set");
  try {
    const question = { signal, stallMs: 15_000, headers: { accept: "application/json" } };
    const answer = await request(url, question);
    const body = await text(answer.body);
    if (answer.status !== 200) throw new Error(`the server answered ${answer.status}`);
    return JSON.parse(body) as Listing;
  } catch (cause) {
    throw new DownloadFailed(url, reasonOf(cause), { cause });
  }
}

function linkOf(of: Pick<Listing, "_links">, name: string, doi: string): string {
  const href = of._links?.[name]?.href;
  if (href !== undefined) return href;
  throw new FileFormatError(`Dryad's answer on ${doi}`, name, "a link", "none");
}

function remoteFile(path: string, file: DryadFile, doi: string): RemoteFile {
  const url = new URL(linkOf(file, "stash:download", doi), host).href;
  const kind = file.digestType?.toLowerCase();
  return {
    path,
    url,
    bytes: file.size,
    sha256: kind === "sha-256" ? file.digest : undefined,
    md5: kind === "md5" ? file.digest : undefined,
    // The listing may name any address; the token is Dryad's alone.
    tokenVariable: new URL(url).origin === host ? dryadToken : undefined,
  };
}
