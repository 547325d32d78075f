/** A file that can be fetched by itself and is known to the byte. */
export interface RemoteFile {
  /** Path inside the data set's folder. */
  readonly path: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A data set: what it is, where the real one comes from, and how its demo twin is made. */
export interface DataSet {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  /** The publication to cite. */
  readonly citation: string;
  /** Files that must be in the folder, relative to it. */
  readonly expects: readonly string[];
  /** The files to fetch; empty where the user must download the data. */
  readonly files: readonly RemoteFile[];
  /** How to get the data by hand. */
  readonly instructions: string;
  /** Raised whenever the demo data change. */
  readonly demoVersion: number;
  /** Write the demo twin, in the layout of the real data, into an empty folder. */
  makeDemo(folder: string): Promise<void>;
}
