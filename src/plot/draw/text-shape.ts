/** One line of text placed by its anchor and middle line, in pixels. */
export interface TextShape {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly sizePx: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  readonly colour?: string;
  /** Degrees clockwise. Default: 0. */
  readonly rotate?: number;
  /** A white edge, for text over lines. */
  readonly halo?: boolean;
}
