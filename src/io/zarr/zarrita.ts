import { loadZarrita } from "#platform/zarrita";

/** The part of the package zarrita that is used here. */
interface Zarrita {
  readonly open: {
    readonly v3: (store: ZarritaFiles, options: ZarritaOpen) => Promise<ZarritaArray>;
  };
  readonly registry: ReadonlyMap<string, () => Promise<ZarritaCodec>>;
}

interface ZarritaOpen {
  readonly kind: "array";
}

/** Files by key, which begins with `/`; undefined where there is none. */
interface ZarritaFiles {
  get(key: string): Promise<Uint8Array | undefined>;
}

interface ZarritaCodec {
  fromConfig(configuration: object): ZarritaDecoder;
}

/** What unpacks bytes; it rejects for such that it did not pack. */
interface ZarritaDecoder {
  decode(bytes: Uint8Array): Promise<Uint8Array>;
}

/** An array that is open. */
export interface ZarritaArray {
  getChunk(coords: number[]): Promise<ZarritaChunk>;
}

/** Values of a chunk, and the step of each axis among them. */
export interface ZarritaChunk {
  readonly data: ZarritaData;
  readonly stride: readonly number[];
}

/** Typed arrays, and zarrita's own of truth values. */
export type ZarritaData =
  | (ArrayLike<number | bigint> & { readonly get?: undefined })
  | { readonly length: number; get(at: number): boolean };

let loaded: Promise<Zarrita> | undefined;

function zarrita(): Promise<Zarrita> {
  loaded ??= loadZarrita() as Promise<Zarrita>;
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

/** Open the array that a store describes in `zarr.json`. */
export async function openArray(store: ZarritaFiles): Promise<ZarritaArray> {
  const { open } = await zarrita();
  return open.v3(store, { kind: "array" });
}

/** What unpacks zstd: of all that zarrita unpacks, what Node does not, and what says where it could not. */
export async function zstdDecoder(): Promise<ZarritaDecoder> {
  const { registry } = await zarrita();
  const codec = await registry.get("zstd")?.();
  if (codec === undefined) throw new Error("zarrita knows no zstd");
  return codec.fromConfig({ level: 1 });
}
