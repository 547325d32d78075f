import type { Matrix } from "../../core/matrix.ts";
import type { Image } from "../image/image.ts";

/** Left or right. */
export type Hemisphere = "lh" | "rh";

/** One training image. */
export interface AlgonautsImage {
  /** File name without its ending, for example `train-0001_nsd-00013`. */
  readonly name: string;
  /** Number of the image in the Natural Scenes Dataset, the same for every participant. */
  readonly nsd: number;
  /** Row of the responses. */
  readonly row: number;
  readonly path: string;
}

/** Which responses to read. */
export interface ResponseSelection {
  /**
   * A region by name (`V1v`, `FFA-1`, `early` …), several that are joined, `V1`, `V2` or `V3` for both their halves,
   * or `all` for every vertex. Default: `all`.
   */
  readonly roi?: string | readonly string[];
  /** Default: both, left before right. */
  readonly hemispheres?: readonly Hemisphere[];
  /** Images by name, in the order wanted. Default: all. */
  readonly images?: readonly string[];
}

/** Responses of one participant to images. */
export interface AlgonautsResponses {
  /** Images × vertices. */
  readonly data: Matrix<Float32Array>;
  /** Names of the images: the rows. */
  readonly images: readonly string[];
  /** How many columns come from each hemisphere, left first. */
  readonly vertices: Readonly<Record<Hemisphere, number>>;
}

/** One participant's folder. Nothing but names and regions is held in memory. */
export interface AlgonautsSubject {
  /** For example `subj01`. */
  readonly name: string;
  readonly images: readonly AlgonautsImage[];
  /** Vertices of each hemisphere. */
  readonly vertices: Readonly<Record<Hemisphere, number>>;
  /** Names that `roi` takes, and how many vertices each has (both hemispheres). */
  readonly rois: ReadonlyMap<string, number>;
  /** Read responses: only the rows and columns asked for. Throws `UnknownOption`, `UnknownItem`, `InvalidArgument`. */
  readResponses(selection?: ResponseSelection): Promise<AlgonautsResponses>;
  /** Read images by name, in the order given; default: all. Throws `UnknownItem`. */
  readImages(names?: readonly string[], options?: { readonly grey?: boolean }): Promise<Image[]>;
}
