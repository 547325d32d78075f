import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { random } from "../../../src/core/random.ts";
import { formatCsv } from "../../../src/io/csv/index.ts";
import { writeRdmsFile } from "../../../src/io/hdf5/index.ts";
import { categories, drawImages, type DemoImage } from "./images.ts";
import { layerRdms } from "./layers.ts";
import { layers } from "./published.ts";
import { regionRdms, type SubjectRdms } from "./regions.ts";

const nImages = 300;
/** The fourth participant of BOLD5000 saw fewer images. */
const nImagesOfCsi4 = 180;
/** Strength of the effects by subject, CSI1 to CSI4. */
const strengths = [1.1, 1, 0.9, 0.9];

/**
 * A demo twin of the RDMs of BOLD5000 and ResNet-50: ten regions for CSI1 to CSI4 and their mean, five layers, in
 * rsatoolbox's HDF5 layout. Each correlation of a region with a layer is planted, in proportion to the published ones.
 * As in the real files, the files do not list the images in the same order: the network's are sorted by name, the
 * subjects' are not, and CSI4 has another order and fewer images.
 */
export async function makeBold5000Rdms(folder: string, seed = 5000): Promise<void> {
  const images = drawImages(nImages, random(seed));
  const ofLayers = layerRdms(images, random(seed + 1));
  const subjects = regionRdms(ofLayers, nImages, strengths, random(seed + 2));
  const order = random(seed + 3).permutation(nImages);
  const orderOfCsi4 = random(seed + 5)
    .permutation(nImages)
    .slice(0, nImagesOfCsi4);

  const network = new Map(layers.map((layer, at) => [layer as string, ofLayers[at]]));
  const all = { images, order: Int32Array.from(images.keys()) };
  await write(folder, "ResNet50_CORR_RDMs.h5", "layer", network, all);
  for (const [at, subject] of subjects.entries()) {
    const picked = { images, order: at === 3 ? orderOfCsi4 : order };
    await write(folder, `CSI${at + 1}_BOLD5000_CORR_RDMs.h5`, "roi", subject, picked);
  }
  const mean = meanOf(subjects.slice(0, 3));
  await write(folder, "MEAN_BOLD5000_CORR_RDMs.h5", "roi", mean, { images, order });
  await writeFile(join(folder, "imagenet_supercategories.csv"), supercategories(images));
}

interface Picked {
  readonly images: readonly DemoImage[];
  /** Which images, in the order of the file. */
  readonly order: Int32Array;
}

async function write(
  folder: string,
  name: string,
  descriptor: "roi" | "layer",
  rdms: SubjectRdms,
  { images, order }: Picked,
): Promise<void> {
  await writeRdmsFile(join(folder, name), {
    nRdms: rdms.size,
    nItems: order.length,
    measure: "correlation",
    descriptors: new Map(),
    rdmDescriptors: new Map([[descriptor, [...rdms.keys()]]]),
    itemDescriptors: new Map([["image", Array.from(order, (at) => images[at].name)]]),
    rows: Array.from(rdms.values(), (rdm) => inOrder(rdm, order, images.length)),
  });
}

/** The pairs of the items at these positions, in this order. */
function inOrder(condensed: Float64Array, order: Int32Array, n: number): Float64Array {
  const m = order.length;
  const taken = new Float64Array((m * (m - 1)) / 2);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = i + 1; j < m; j++, at++) {
      const [a, b] = order[i] < order[j] ? [order[i], order[j]] : [order[j], order[i]];
      taken[at] = condensed[a * n - (a * (a + 1)) / 2 + b - a - 1];
    }
  }
  return taken;
}

function meanOf(subjects: readonly SubjectRdms[]): SubjectRdms {
  return new Map(
    [...subjects[0].keys()].map((roi) => {
      const rdms = subjects.map((subject) => subject.get(roi) ?? new Float64Array(0));
      return [
        roi,
        rdms[0].map((_, at) => rdms.reduce((sum, rdm) => sum + rdm[at], 0) / rdms.length),
      ];
    }),
  );
}

function supercategories(images: readonly DemoImage[]): string {
  const imageNet = images.filter(({ source }) => source === "ImageNet");
  return formatCsv(
    ["image", "supercategory"],
    new Map([
      ["image", imageNet.map(({ name }) => name)],
      ["supercategory", imageNet.map(({ category }) => categories[category])],
    ]),
  );
}
