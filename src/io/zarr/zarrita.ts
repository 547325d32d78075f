import { loadZarrita } from "#platform/zarrita";

/** The part of the package zarrita that is used here. */
export interface Zarrita {
  readonly open: {
    readonly v2: (at: ZarritaPlace, options: ZarritaOpen) => Promise<ZarritaArray>;
    readonly v3: (at: ZarritaPlace, options: ZarritaOpen) => Promise<ZarritaArray>;
  };
}

/** Where an array is: in the store of files, under its key. */
export interface ZarritaPlace {
  readonly store: ZarritaFiles;
  readonly path: string;
  resolve(path: string): ZarritaPlace;
}

interface ZarritaOpen {
  readonly kind: "array";
}

/** Files by key; undefined where there is none. */
export interface ZarritaFiles {
  get(key: string): Promise<Uint8Array | undefined>;
  getRange(key: string, range: ZarritaRange): Promise<Uint8Array | undefined>;
}

export type ZarritaRange =
  { readonly offset: number; readonly length: number } | { readonly suffixLength: number };

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

export function zarrita(): Promise<Zarrita> {
  loaded ??= loadZarrita() as Promise<Zarrita>;
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

/** A place as zarrita's own are. */
export function placeIn(store: ZarritaFiles, path: string): ZarritaPlace {
  return {
    store,
    path,
    resolve: (name) => placeIn(store, `${path === "/" ? "" : path}/${name}`),
  };
}
