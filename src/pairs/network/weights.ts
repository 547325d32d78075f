import type { Matrix } from "../../core/matrix.ts";
import type { Random } from "../../core/random.ts";
import type { Tfjs, Variable } from "./tfjs.ts";

/** What training changes, by name. Disposed of when training ends. */
export class Weights {
  readonly #tf: Tfjs;
  readonly #variables = new Map<string, Variable>();

  constructor(tf: Tfjs) {
    this.#tf = tf;
  }

  /** Normal numbers around 0; `gain / fanIn` is their variance (He et al. 2015 with gain 2). */
  normal(
    name: string,
    shape: readonly number[],
    fanIn: number,
    gain: number,
    stream: Random,
  ): Variable {
    const spread = Math.sqrt(gain / fanIn);
    const size = shape.reduce((product, length) => product * length, 1);
    return this.#add(
      name,
      Float32Array.from({ length: size }, () => spread * stream.normal()),
      shape,
    );
  }

  zeros(name: string, length: number): Variable {
    return this.#add(name, new Float32Array(length), [length]);
  }

  get all(): readonly Variable[] {
    return [...this.#variables.values()];
  }

  /** The numbers now. */
  values(): Record<string, Matrix<Float64Array>> {
    return Object.fromEntries(
      [...this.#variables].map(([name, variable]) => [
        name,
        { data: Float64Array.from(variable.dataSync()), shape: [...variable.shape] },
      ]),
    );
  }

  dispose(): void {
    for (const variable of this.all) variable.dispose();
  }

  #add(name: string, data: Float32Array, shape: readonly number[]): Variable {
    const tf = this.#tf;
    // TensorFlow.js refuses a name that another network uses.
    const tensor = tf.tensor(data, shape);
    const variable = tf.variable(tensor, true, `tsrsa-${++made}-${name}`);
    tensor.dispose();
    this.#variables.set(name, variable);
    return variable;
  }
}

let made = 0;
