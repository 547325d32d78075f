import { fileExists, fileNameOf } from "#platform/files";
import { listFiles } from "#platform/folders";
import { FileFormatError, MissingFile, ShapeMismatch } from "../../core/errors.ts";
import { checkedFolder } from "../../core/gate/path.ts";
import { readNpyShape } from "../npy/read-part.ts";
import { readImages, readResponses, type Opened } from "./read-subject.ts";
import { readRoiMasks, roiSizes } from "./roi-masks.ts";
import type { AlgonautsImage, AlgonautsSubject, Hemisphere } from "./types.ts";

/**
 * Open the folder of one participant of the Algonauts Project 2023 challenge (`subj01` …): training images, responses
 * of both hemispheres, regions of interest. Only names, regions and the sizes of the responses are read; the
 * responses (748 MB a hemisphere) are read later, and only the rows and columns asked for.
 *
 * Throws `MissingFile` for what the folder lacks, `ShapeMismatch` when images, hemispheres or masks do not fit each
 * other, `FileFormatError` for a damaged file or a misnamed image.
 *
 * @param folder - with `training_split` and `roi_masks` in it.
 *
 * @example
 * import { openAlgonautsSubject } from "tsrsa";
 * async function v1Responses(folder: string) {
 *   const subject = await openAlgonautsSubject(folder);
 *   return subject.readResponses({ roi: "V1" });
 * }
 */
export async function openAlgonautsSubject(folder: string): Promise<AlgonautsSubject> {
  const root = checkedFolder(folder).replace(/[\\/]+$/, "");
  const responses = {
    lh: `${root}/training_split/training_fmri/lh_training_fmri.npy`,
    rh: `${root}/training_split/training_fmri/rh_training_fmri.npy`,
  };
  const images = await findImages(`${root}/training_split/training_images`);
  const vertices = await countVertices(responses, images.length);
  const rois = await readRoiMasks(`${root}/roi_masks`, vertices);
  const opened: Opened = { responses, images, vertices, rois };
  return {
    name: fileNameOf(root),
    images,
    vertices,
    rois: roiSizes(rois, vertices),
    readResponses: (selection = {}) => readResponses(opened, selection),
    readImages: (names, options = {}) => readImages(opened, names, options),
  };
}

/** The images in the order of their numbers, which is that of the rows. */
async function findImages(folder: string): Promise<AlgonautsImage[]> {
  const names = (await listFiles(folder)).filter((name) => /\.(png|jpe?g)$/i.test(name));
  const images = names.map((file) => imageOf(folder, file)).sort((a, b) => a.row - b.row);
  const gap = images.findIndex(({ row }, at) => row !== at);
  if (gap < 0) return images;
  throw new MissingFile(
    `${folder}/train-${String(gap + 1).padStart(4, "0")}_nsd-….png`,
    `there is a row of responses for each image and this one is not there (or another is there twice, as ${images[gap].name}); copy the images again`,
  );
}

function imageOf(folder: string, file: string): AlgonautsImage {
  const found = /^train-(\d+)_nsd-(\d+)\.\w+$/.exec(file);
  if (found === null)
    throw new FileFormatError(`${folder}/${file}`, "name", "train-NNNN_nsd-NNNNN.png", file, {
      advice: "the order of the rows is in the names; keep them as they were unpacked",
    });
  return {
    name: file.replace(/\.\w+$/, ""),
    nsd: Number(found[2]),
    row: Number(found[1]) - 1,
    path: `${folder}/${file}`,
  };
}

async function countVertices(
  paths: Readonly<Record<Hemisphere, string>>,
  nImages: number,
): Promise<Record<Hemisphere, number>> {
  const found = { lh: await shapeOf(paths.lh), rh: await shapeOf(paths.rh) };
  if (found.lh[0] !== found.rh[0])
    throw new ShapeMismatch(
      `${found.lh[0]} rows in ${paths.rh}, as in the left hemisphere`,
      `${found.rh[0]}`,
      "the hemispheres are of different participants or one file is cut short; copy both again",
    );
  if (found.lh[0] !== nImages)
    throw new ShapeMismatch(
      `${found.lh[0]} training images, one a row of ${paths.lh}`,
      `${nImages}`,
      "images are missing or too many; copy training_images again",
    );
  return { lh: found.lh[1], rh: found.rh[1] };
}

async function shapeOf(path: string): Promise<readonly number[]> {
  if (!(await fileExists(path)))
    throw new MissingFile(
      path,
      "an Algonauts 2023 folder has it; access is by agreement, see: tsrsa data list",
    );
  const shape = await readNpyShape(path);
  if (shape.length !== 2)
    throw new ShapeMismatch(`images × vertices in ${path}`, `shape (${shape.join(", ")})`);
  return shape;
}
