import type { BidsName } from "./bids-name.ts";
import type { Metadata } from "./read-json.ts";

/** A file of a data set. */
export interface BidsFile extends BidsName {
  readonly path: string;
  /** Folders from the root of its data set to it, between `/`. */
  readonly folder: string;
  /** The folder of its kind of data: `func`, `anat`, `meg` … */
  readonly datatype: string | null;
  /** The derivatives that it is of; `raw` for what was recorded. */
  readonly pipeline: string;
}

/** Where data lie whose folders know nothing of each other. */
export interface BidsPlaces {
  /** The folder of what was recorded. */
  readonly raw?: string;
  /** Folders of derivatives, as that of fMRIPrep, or a folder that holds several. */
  readonly derivatives?: string | readonly string[];
}

/** Which runs; what is left out is any. `"none"` asks for names without the entity. */
export interface BidsRunQuery {
  readonly subject?: string | readonly string[];
  readonly session?: string | readonly string[];
  readonly task?: string | readonly string[];
  /** `1` and `"1"` also find `run-01`. */
  readonly run?: string | number | readonly (string | number)[];
  readonly space?: string;
  /** The value of `res`, or of `den` for surfaces. */
  readonly resolution?: string;
  /** Of surfaces one hemisphere has a file of its own. */
  readonly hemisphere?: "L" | "R";
  /** Which version of the processed data. Default `preproc`, or files that do not say. */
  readonly desc?: string;
  /** Folder of the derivatives, as `"fmriprep"`; `"raw"` for what was recorded. */
  readonly pipeline?: string;
  /** Other entities, as `{ acq: "highres", echo: "2" }`. */
  readonly entities?: Readonly<Record<string, string>>;
}

/** What may be missing of a run. */
export type BidsMissing = "image" | "mask" | "confounds" | "events";

/** One run with the files that belong to it. */
export interface BidsRun {
  readonly subject: string;
  readonly session: string | null;
  readonly task: string | null;
  readonly run: string | null;
  readonly space: string | null;
  readonly resolution: string | null;
  readonly hemisphere: string | null;
  readonly pipeline: string;
  /** All entities of the image's name. */
  readonly entities: Readonly<Record<string, string>>;
  /** The image: NIfTI, GIFTI of one hemisphere, or CIFTI. */
  readonly bold: string;
  readonly mask: string | null;
  readonly confounds: string | null;
  readonly events: string | null;
  /** What was recorded, where that is known. */
  readonly raw: string | null;
  /** Regions of FreeSurfer on the grid of the image, and the file of their names. */
  readonly parcellation: string | null;
  readonly parcellationNames: string | null;
  readonly metadata: Metadata;
  /** Seconds from volume to volume: of the sidecars, else of the image; null where nothing says one number. */
  readonly repetitionTimeS: number | null;
  /** To which moment of a volume slices were shifted, 0 where they were not; null where nothing says. */
  readonly startTimeS: number | null;
  /** `null` for surfaces, and where the image is not there. */
  readonly nVolumes: number | null;
  readonly missing: readonly BidsMissing[];
  /** What is missing, and where it was looked for. */
  readonly notes: readonly string[];
}
