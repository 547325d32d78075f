import { fileNameOf } from "#platform/files";
import type { FileInput } from "../core/byte-source.ts";
import { DuplicateItem, InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { toLabels } from "../core/gate/label.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { isRecord } from "../core/gate/kinds.ts";
import type { Matrix } from "../core/matrix.ts";
import { readWhole } from "../core/open-source.ts";
import { isTiff, orientationOf, turned } from "../io/image/orientation.ts";
import { readImage, type Image } from "../io/index.ts";
import { prepared, type ChannelPlace, type PreparedImage } from "./prepare/prepare-image.ts";
import type { FullPreparation } from "./prepare/preparation.ts";
import { sha256 } from "../core/sha256.ts";

/**
 * Images for a network: files, of which a few at a time are in memory, or images that are read already; or numbers that
 * are prepared already, images × what the network takes.
 */
export type NetworkImages = readonly (FileInput | Image)[] | Matrix;

/** One image on its way into a network. */
export interface ImageForNetwork {
  /** As the network takes it. */
  readonly prepare: () => Promise<PreparedImage>;
  /** Of what was given; only asked for when results are kept in a cache. */
  readonly hash: () => Promise<string>;
  /** Whether a tag asks to turn it and was not followed. */
  readonly isTurned: boolean;
}

/** Images by place. */
export interface ImageSource {
  readonly count: number;
  readonly items: readonly string[] | undefined;
  at(place: number): Promise<ImageForNetwork>;
}

/** Images as a network takes them, prepared when their turn comes. Throws `InvalidArgument`, `DuplicateItem`. */
export function imageSource(
  images: NetworkImages,
  preparation: FullPreparation,
  channelPlace: ChannelPlace,
  items: unknown,
): ImageSource {
  if (isRecord(images)) return preparedSource(images, items);
  const list: unknown = images;
  if (!Array.isArray(list))
    throw new InvalidArgument("images", list, "give a list of files or images");
  if (list.length === 0) throw new InvalidArgument("images", "none", "give at least one");
  return {
    count: list.length,
    items: checkedItems(items ?? list.map(labelOf), list.length),
    at: (place) => openOne(images[place], preparation, channelPlace),
  };
}

function preparedSource(given: unknown, items: unknown): ImageSource {
  const { data, shape } = checkedMatrix(given, "images");
  const [count, ...each] = shape;
  const size = each.reduce((product, length) => product * length, 1);
  if (count === 0 || each.length === 0 || size === 0)
    throw new InvalidArgument(
      "images",
      `numbers of shape (${shape.join(", ")})`,
      "give images × what the network takes",
    );
  return {
    count,
    items: items === undefined ? undefined : checkedItems(items, count),
    at: async (place) => {
      const own = Float32Array.from(data.subarray(place * size, (place + 1) * size));
      const prepare = async () => ({ data: own, shape: each });
      // The same numbers in another shape are another image.
      const hash = () => sha256(bytesOf(Float64Array.from(each)), bytesOf(own));
      return { prepare, hash, isTurned: false };
    },
  };
}

function checkedItems(items: unknown, count: number): string[] {
  const labels = toLabels(items);
  if (labels.length !== count)
    throw new ShapeMismatch(`${count} items, one an image`, `${labels.length}`, "give one each");
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const label of labels) (seen.has(label) ? repeated : seen).add(label);
  if (repeated.size === 0) return labels;
  throw new DuplicateItem(
    [...repeated],
    "images take the names of their files: give items: […] (--items FILE) to name them",
  );
}

/** An image's file without its end; a number where it has none. */
function labelOf(image: unknown, at: number): string {
  const name = nameOf(image);
  if (name === undefined || name.startsWith("(")) return `image ${at + 1}`;
  return fileNameOf(name).replace(/\.(bmp|png|jpe?g|tiff?|webp)$/i, "");
}

function nameOf(image: unknown): string | undefined {
  if (typeof image === "string") return image;
  if (image instanceof URL) return decoded(image.pathname);
  if (typeof image === "object" && image !== null && "name" in image && image.name !== "")
    return String(image.name);
  return undefined;
}

/** A path as text; as it is where it holds a % that stands for nothing. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function isImage(image: FileInput | Image): image is Image {
  return isRecord(image) && "width" in image && "data" in image;
}

async function openOne(
  given: FileInput | Image,
  preparation: FullPreparation,
  channelPlace: ChannelPlace,
): Promise<ImageForNetwork> {
  if (isImage(given)) {
    const size = Float64Array.of(given.width, given.height, given.channels);
    return {
      prepare: async () => prepared(given, preparation, channelPlace),
      hash: () => sha256(bytesOf(size), bytesOf(given.data)),
      isTurned: false,
    };
  }
  const { bytes, name } = await readWhole(given);
  const orientation = orientationOf(bytes);
  // PIL, and so every loader of PyTorch, turns TIFF files itself when it reads them, and no others.
  const follows = preparation.orientation === "apply" || isTiff(bytes);
  return {
    prepare: async () => {
      const image = { ...(await readNamed(bytes, name)), name };
      return prepared(follows ? turned(image, orientation) : image, preparation, channelPlace);
    },
    hash: () => sha256(bytes),
    isTurned: orientation !== 1 && !follows,
  };
}

/** An image from bytes, whose errors name the file. */
async function readNamed(bytes: Uint8Array, name: string): Promise<Image> {
  return readImage(new File([bytes as Uint8Array<ArrayBuffer>], name));
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
