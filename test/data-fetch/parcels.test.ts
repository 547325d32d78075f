import { expect, test } from "vitest";
import { icosphere } from "../../data-fetch/demo/cortex/icosphere.ts";
import { parcelColour, parcelNames, parcelsOf } from "../../data-fetch/demo/cortex/parcels.ts";
import { plantedParcels } from "../../data-fetch/demo/meg-faces/planted-fields.ts";

/** The regions of MNE-RSA's tutorial on sources. */
const ofTutorial =
  "bankssts cuneus fusiform inferiorparietal inferiortemporal lateraloccipital lingual middletemporal pericalcarine superiorparietal supramarginal";

test("the demo cortex has the eleven regions of the tutorial, each with vertices, mirrored in both halves", () => {
  const sphere = icosphere(3);
  const counts = (side: "left" | "right") => {
    const all = Array.from(parcelsOf(sphere, side));
    return new Map(parcelNames.map((name, at) => [name, all.filter((one) => one === at).length]));
  };
  const [left, right] = [counts("left"), counts("right")];
  for (const name of ofTutorial.split(" ")) {
    expect([name, (left.get(name) ?? 0) > 5]).toEqual([name, true]);
    expect((right.get(name) ?? 0) > 5).toBe(true);
  }
  // What is planted lies where it lay before there was a twelfth region beside it.
  const planted = Object.values(plantedParcels).flat();
  expect(planted.map((name) => left.get(name))).toEqual([25, 37, 20, 34, 30]);
});

test("no two parcels have one colour", () => {
  expect(new Set(parcelNames.map((_, at) => parcelColour(at).join())).size).toBe(
    parcelNames.length,
  );
  expect(parcelNames.every((_, at) => parcelColour(at).every((part) => part <= 255))).toBe(true);
});
