/** How places of a picture read, so that a page can say what stands below the pointer; all places in its own pixels. */
export type FigureReading = TimeReading | MapReading;

/** Times from left to right; the values stand in the figure's table. */
export interface TimeReading {
  readonly kind: "time";
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly fromS: number;
  readonly toS: number;
}

/** Cuts of a brain; the voxels drawn stand in the figure's table. */
export interface MapReading {
  readonly kind: "map";
  /** Size of a voxel along x, y and z, in mm. */
  readonly voxelMm: readonly number[];
  readonly panels: readonly MapPanelReading[];
}

export interface MapPanelReading {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The axis cut across (0, 1, 2 for x, y, z), and where, in mm. */
  readonly across: number;
  readonly atMm: number;
  /** The coordinate that runs from the left edge to the right, and its mm at both. */
  readonly horizontal: number;
  readonly horizontalMm: readonly [left: number, right: number];
  /** The coordinate that runs from the top edge to the bottom, and its mm at both. */
  readonly vertical: number;
  readonly verticalMm: readonly [top: number, bottom: number];
}
