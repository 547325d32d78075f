import type { Random } from "../../../src/core/random.ts";
import type { Point } from "./grids.ts";

/** Shares of what is at a point; together at most 1, the rest is air. */
export interface Tissue {
  readonly grey: number;
  readonly white: number;
  readonly fluid: number;
  readonly skull: number;
  readonly scalp: number;
}

/** A drawn head: the tissue at any point. */
export type Head = (point: Point) => Tissue;

interface Ellipsoid {
  readonly centre: Point;
  readonly radii: Point;
}

// Mirrored at x = 0, in mm, about where the parts of a head lie in MNI space.
const cerebralHull: Ellipsoid = { centre: [0, -17, 19], radii: [67, 87, 56] };
const temporal: Ellipsoid = { centre: [43, -16, -20], radii: [22, 46, 20] };
const cerebellum: Ellipsoid = { centre: [24, -64, -36], radii: [28, 25, 17] };
const brainstem: Ellipsoid = { centre: [0, -30, -34], radii: [11, 12, 32] };
const ventricle: Ellipsoid = { centre: [9, -12, 20], radii: [5, 30, 7] };
const thalamus: Ellipsoid = { centre: [12, -18, 7], radii: [9, 14, 9] };
const putamen: Ellipsoid = { centre: [25, 2, 3], radii: [6, 17, 10] };
const callosum: Ellipsoid = { centre: [0, -16, 26], radii: [16, 38, 6] };
const skin: Ellipsoid = { centre: [0, -18, 6], radii: [82, 103, 90] };

/** How deep sulci reach, in mm. */
const sulcusDepth = 20;

/** A head with folds of its own; `size` stretches it about its middle. */
export function drawHead(random: Random, size: number): Head {
  const folds = foldField(random, 25);
  const leaves = foldField(random, 12);
  return ([x, y, z]) => {
    const point: Point = [Math.abs(x) / size, (y + 18) / size - 18, (z - 10) / size + 10];
    const inSkin = insideMm(point, skin);
    if (inSkin < -3) return air;
    const cerebrum = unite(insideMm(point, cerebralHull), insideMm(point, temporal));
    const small = insideMm(point, cerebellum);
    const hull = Math.max(cerebrum, small, insideMm(point, brainstem));
    const around = coverings(inSkin, hull);
    if (hull < -4) return { grey: 0, white: 0, ...around };
    const fold = folds([x, y, z]);
    const brain = smoothStep((hull + 0.6 * fold) / 1.5);
    const inner =
      cerebrum < small
        ? brainTissue(point, hull, 0.8 * leaves([0.3 * x, 0.5 * y, 1.5 * z]), 10)
        : brainTissue(point, hull + 0.6 * fold, fold, sulcusDepth);
    return {
      grey: brain * inner.grey,
      white: brain * inner.white,
      fluid: brain * inner.fluid + (1 - brain) * around.fluid,
      skull: (1 - brain) * around.skull,
      scalp: (1 - brain) * around.scalp,
    };
  };
}

const air: Tissue = { grey: 0, white: 0, fluid: 0, skull: 0, scalp: 0 };

function brainTissue(point: Point, depth: number, fold: number, reach: number) {
  const shallow = Math.max(0, 1 - depth / reach);
  const fissure = smoothStep((1.4 - point[0]) / 0.5) * smoothStep(-insideMm(point, callosum));
  const sulcus = smoothStep((0.16 * shallow - Math.abs(fold)) / 0.06) * smoothStep(shallow * 8 - 1);
  const inVentricle = smoothStep(insideMm(point, ventricle));
  const stem = smoothStep(insideMm(point, brainstem) / 2);
  const fluid = Math.max(inVentricle, (1 - stem) * Math.max(sulcus, fissure * (depth > 0 ? 1 : 0)));
  const nuclei = Math.max(
    smoothStep(insideMm(point, thalamus)),
    smoothStep(insideMm(point, putamen)),
  );
  const medial = smoothStep((5 - point[0]) / 1.2) * smoothStep(-insideMm(point, callosum) - 1);
  const ribbon = Math.max(
    smoothStep((4.5 - depth) / 1.2),
    smoothStep((0.14 * shallow + 0.45 * Math.min(1, 2 * shallow) - Math.abs(fold)) / 0.1) *
      smoothStep(shallow * 6),
    medial,
  );
  const grey = (1 - fluid) * Math.max(nuclei, (1 - stem) * ribbon);
  return { fluid, grey, white: 1 - fluid - grey };
}

/** From the brain outwards: fluid, bone, skin. */
function coverings(inSkin: number, inBrain: number) {
  const scalp = smoothStep(inSkin / 1.5) * smoothStep((7 - inSkin) / 1.5);
  const skull = smoothStep((inSkin - 7) / 1.5) * smoothStep((-3.5 - inBrain) / 1.5);
  const fluid = smoothStep((inSkin - 7) / 1.5) * smoothStep((inBrain + 3.5) / 1.5);
  return { scalp, skull, fluid };
}

/** About how deep a point lies inside, in mm; negative outside. */
function insideMm([x, y, z]: Point, { centre, radii }: Ellipsoid): number {
  const [a, b, c] = [
    (x - centre[0]) / radii[0],
    (y - centre[1]) / radii[1],
    (z - centre[2]) / radii[2],
  ];
  const radius = Math.hypot(a, b, c);
  const slope = Math.hypot(a / radii[0], b / radii[1], c / radii[2]);
  return radius < 1e-6 ? Math.min(...radii) : (radius * (1 - radius)) / slope;
}

/** Two bodies that touch, with a groove between them. */
function unite(first: number, second: number): number {
  const higher = Math.max(first, second);
  return higher - 2.5 * Math.exp(-Math.abs(first - second) / 2.5);
}

function smoothStep(value: number): number {
  return 1 / (1 + Math.exp(-4 * value));
}

/** A smooth field about 0, SD about 0.7: waves of about one length in all directions. */
function foldField(random: Random, lengthMm: number): (point: Point) => number {
  const waves = Array.from({ length: 7 }, () => {
    const direction = [random.normal(), random.normal(), random.normal()];
    const k = (2 * Math.PI) / (lengthMm * (0.8 + 0.4 * random.next())) / Math.hypot(...direction);
    return { k: direction.map((d) => d * k), phase: 2 * Math.PI * random.next() };
  });
  return ([x, y, z]) => {
    let sum = 0;
    for (const { k, phase } of waves) sum += Math.sin(k[0] * x + k[1] * y + k[2] * z + phase);
    return sum / Math.sqrt(waves.length);
  };
}
