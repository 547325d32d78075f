/** How an archive is unpacked. */
export interface Unpacking {
  readonly format: "zip" | "tar.gz" | "gz";
  /** Only the members below this folder of the archive are taken, and the folder's name is left out. Default: all. */
  readonly below?: string;
  /** Folder inside the data set's folder that receives the members. Default: the data set's folder. */
  readonly into?: string;
}

/** A file that can be fetched by itself. */
export interface RemoteFile {
  /** Path inside the data set's folder. */
  readonly path: string;
  readonly url: string;
  /** Other addresses of the same bytes, tried in turn. */
  readonly mirrors?: readonly string[];
  /** Size; absent where nobody has published it. */
  readonly bytes?: number;
  /** Absent where nobody has published it: it is then recorded at the first download, and later ones must agree. */
  readonly sha256?: string;
  /** Published instead of a SHA-256 by some; checked beside it. */
  readonly md5?: string;
  /** Environment variable that holds the bearer token of the address's host. */
  readonly tokenVariable?: string;
  /** The file is an archive: it is unpacked, and then removed. */
  readonly unpack?: Unpacking;
}

/** A data set: what it is, where the real one comes from, and how its demo twin is made. */
export interface DataSet {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  /** The publication to cite. */
  readonly citation: string;
  /** The notebook or command that uses it. */
  readonly usedBy?: string;
  /** Files that must be in the folder, relative to it. */
  readonly expects: readonly string[];
  /** The files to fetch; empty where the user must download the data. */
  readonly files: readonly RemoteFile[];
  /** Asks a repository for the files, where their addresses are not fixed; taken instead of `files`. */
  readonly listFiles?: (options: {
    readonly signal?: AbortSignal;
  }) => Promise<readonly RemoteFile[]>;
  /** How to get the data by hand. */
  readonly instructions: string;
  /** Raised whenever the demo data change. */
  readonly demoVersion: number;
  /** Write the demo twin, in the layout of the real data, into an empty folder. Absent: there is none. */
  makeDemo?(folder: string): Promise<void>;
}
