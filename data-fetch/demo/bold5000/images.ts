import type { Random } from "../../../src/core/random.ts";

/** What an image shows, in the words of the ImageNet super-categories. */
export const categories = [
  "animal",
  "artifact",
  "food",
  "person",
  "plant",
  "scene",
  "sports",
  "vehicle",
] as const;

/** An image of the demo: its name as in BOLD5000, and what it shows. */
export interface DemoImage {
  readonly name: string;
  readonly category: number;
  readonly source: "ImageNet" | "COCO" | "Scene";
}

const scenes = "abbey airport attic bakery barn beach bridge canyon castle cockpit desert field";

/** Images of the three sources in the shares of BOLD5000 (1,916 ImageNet, 2,000 COCO, 1,000 scenes), by name. */
export function drawImages(nImages: number, stream: Random): DemoImage[] {
  const nImageNet = Math.round((nImages * 1916) / 4916);
  const nCoco = Math.round((nImages * 2000) / 4916);
  const numbers = stream.permutation(90_000);
  const images = Array.from({ length: nImages }, (_, at): DemoImage => {
    const number = 1000 + numbers[at];
    if (at < nImageNet) {
      const category = stream.integer(categories.length);
      const synset = 1_440_764 + 9_973 * (40 * category + stream.integer(40));
      return { name: `n0${synset}_${number}.JPEG`, category, source: "ImageNet" };
    }
    if (at < nImageNet + nCoco) {
      const name = `COCO_train2014_${String(number).padStart(12, "0")}.jpg`;
      return { name, category: stream.integer(categories.length), source: "COCO" };
    }
    const words = scenes.split(" ");
    const name = `${words[at % words.length]}${Math.floor(at / words.length) + 1}.jpg`;
    return { name, category: categories.indexOf("scene"), source: "Scene" };
  });
  return images.sort((a, b) => (a.name < b.name ? -1 : 1));
}
