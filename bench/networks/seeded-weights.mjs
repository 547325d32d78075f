import { random } from "../../dist/src/index.js";

/** Weights drawn from one seed, scaled so that activations keep their size from layer to layer. */
export class SeededWeights {
  #random;
  weights = {};

  constructor(seed) {
    this.#random = random(seed);
  }

  /** Adds weights of a shape; `fanIn` numbers are summed in a product with them. */
  add(name, shape, fanIn) {
    const length = shape.reduce((product, one) => product * one, 1);
    const scale = Math.sqrt(2 / fanIn);
    // Uniform numbers suffice, and are many times faster than normal ones.
    const { next } = this.#random;
    const spread = scale * Math.sqrt(12);
    this.weights[name] = {
      data: Float32Array.from({ length }, () => (next() - 0.5) * spread),
      shape,
    };
    return name;
  }

  /** Adds the same number everywhere. */
  fill(name, shape, value) {
    const length = shape.reduce((product, one) => product * one, 1);
    this.weights[name] = { data: new Float32Array(length).fill(value), shape };
    return name;
  }

  /** Adds whole numbers. */
  whole(name, values) {
    this.weights[name] = { data: BigInt64Array.from(values, BigInt), shape: [values.length] };
    return name;
  }
}
