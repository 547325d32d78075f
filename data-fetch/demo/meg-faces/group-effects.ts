/** What is planted in the scores of the group for one model. */
export interface GroupEffect {
  /** As it stands in the names of the files and conditions. */
  readonly name: "pixels" | "facenet";
  readonly peakS: number;
  readonly widthS: number;
  /** Mean score at the peak, over the sensors and in the middle of its place on the cortex. */
  readonly sensors: number;
  readonly sources: number;
  /** The middle of its place on each half: to the side, to the front, to the top. */
  readonly direction: readonly [lateral: number, anterior: number, superior: number];
  /** How far it reaches on the sphere, radians. */
  readonly spread: number;
}

/** Early and at the back what the eye sees, later and below what the network sees. */
export const groupEffects: readonly GroupEffect[] = [
  {
    ...{ name: "pixels", peakS: 0.12, widthS: 0.05, sensors: 0.055, sources: 0.075 },
    ...{ direction: [0.05, -1, -0.1], spread: 0.42 },
  },
  {
    ...{ name: "facenet", peakS: 0.26, widthS: 0.09, sensors: 0.045, sources: 0.06 },
    ...{ direction: [0.2, -0.5, -0.85], spread: 0.42 },
  },
];
