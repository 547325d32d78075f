import type { OnnxLength, OnnxType } from "../../io/onnx/index.ts";

/** Lengths of the axes of a tensor; undefined where not even their number is known. */
export type TensorShape = readonly OnnxLength[] | undefined;

/** What the axes of a tensor are: maps with their channels first or last, tokens × features, or nothing of it. */
export type TensorLayout = "channels-first" | "channels-last" | "tokens" | undefined;

/** What is known of a tensor without running anything. */
export interface TensorState {
  readonly shape: TensorShape;
  readonly type: OnnxType | undefined;
  /** Its numbers, where it is a short list of whole ones; a text is a length that is free. */
  readonly values?: readonly OnnxLength[];
  /** Its numbers, where it is a short list of floats, as scales are. */
  readonly floats?: readonly number[];
  /** Whether its numbers are made of the image: those of shapes and weights are not. */
  readonly ofImage: boolean;
  readonly layout: TensorLayout;
  /** Products with weights on the longest way from the image: 0 for the image itself. */
  readonly depth: number;
}
