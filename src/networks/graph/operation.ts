import type { OnnxAttribute, OnnxLength, OnnxNode } from "../../io/onnx/index.ts";
import type { TensorLayout, TensorShape, TensorState } from "./tensor-state.ts";

/** A node with what is known of its inputs. */
export class Operation {
  readonly node: OnnxNode;
  readonly inputs: readonly (TensorState | undefined)[];
  readonly opset: number;
  /** Layouts of inputs that are made of the image, the first of each number of axes. */
  readonly #layouts = new Map<number, TensorLayout>();
  /** Whether any input is made of the image. */
  readonly ofImage: boolean;
  /** Products with weights on the longest way to any input. */
  readonly depth: number;

  constructor(node: OnnxNode, inputs: readonly (TensorState | undefined)[], opset: number) {
    this.node = node;
    this.inputs = inputs;
    this.opset = opset;
    // Once for all outputs: a node may have many of both.
    const ofImage = inputs.filter((input) => input?.ofImage === true);
    this.ofImage = ofImage.length > 0;
    this.depth = ofImage.reduce((most, input) => Math.max(most, input?.depth ?? 0), 0);
    for (const input of ofImage) {
      const rank = input?.shape?.length;
      if (rank !== undefined && input?.layout !== undefined && !this.#layouts.has(rank))
        this.#layouts.set(rank, input.layout);
    }
  }

  /** The layout of the first input of so many axes that is made of the image and has one. */
  layoutOf(rank: number): TensorLayout {
    return this.#layouts.get(rank);
  }

  shape(input: number): TensorShape {
    return this.inputs[input]?.shape;
  }

  values(input: number): readonly OnnxLength[] | undefined {
    return this.inputs[input]?.values;
  }

  attribute(name: string): OnnxAttribute | undefined {
    return this.node.attributes.get(name);
  }

  whole(name: string, otherwise: number): number {
    const value = this.attribute(name);
    return typeof value === "number" ? value : otherwise;
  }

  list(name: string): readonly number[] | undefined {
    const value = this.attribute(name);
    return Array.isArray(value) ? (value as readonly number[]) : undefined;
  }

  /** Numbers that stood in an attribute once and in an input since. */
  listOrInput(name: string, input: number): readonly number[] | undefined {
    return this.list(name) ?? allNumbers(this.values(input));
  }
}

/** A list without free lengths, or undefined. */
export function allNumbers(
  values: readonly OnnxLength[] | undefined,
): readonly number[] | undefined {
  return values?.every((value) => typeof value === "number") === true ? values : undefined;
}

/** An axis counted from the end when it is negative. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
