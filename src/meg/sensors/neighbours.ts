import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { thing } from "../../core/gate/kinds.ts";
import { placeOfName } from "../../core/place-of-name.ts";
import {
  checkNamedNeighbours,
  type NamedNeighbours,
} from "../../stats/permutation/named-neighbours.ts";
import { Table } from "../../table/table.ts";

/** What neighbours are made of. */
export interface SensorNeighboursParts {
  readonly names: readonly string[];
  /** Places in `names` of two sensors beside each other, each pair once. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Where they come from: the words for a figure legend. */
  readonly words: string;
}

const areParts = thing("{ names, pairs, words }", "names", "pairs", "words");

/** Which sensors lie beside each other, by name: what `permutationClusterTest` takes as `adjacency`. Immutable. */
export class SensorNeighbours implements NamedNeighbours, Displayable {
  readonly names: readonly string[];
  /** Places in `names` of two sensors beside each other, each pair once. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Where they come from: the words for a figure legend. */
  readonly words: string;

  constructor(parts: SensorNeighboursParts) {
    areParts(parts, "parts");
    const { names, pairs, words } = parts;
    checkNamedNeighbours({ names, pairs });
    this.names = names;
    this.pairs = pairs;
    this.words = words;
    Object.freeze(this);
  }

  /** The sensors beside one, in the order of `names`. Throws `UnknownOption`. */
  of(name: string): string[] {
    const at = placeOfName("sensor", name, this.names);
    const beside = this.pairs.flatMap(([a, b]) => (a === at ? [b] : b === at ? [a] : []));
    return beside.sort((a, b) => a - b).map((place) => this.names[place]);
  }

  /** How many sensors lie beside each, in the order of `names`. */
  counts(): Int32Array {
    const counts = new Int32Array(this.names.length);
    for (const pair of this.pairs) for (const at of pair) counts[at]++;
    return counts;
  }

  /** One row a pair: `sensor_1`, `sensor_2`; `readNeighbours` reads it again from a CSV file. */
  toTable(): Table {
    const column = (side: 0 | 1) => this.pairs.map((pair) => this.names[pair[side]]);
    return new Table({ sensor_1: column(0), sensor_2: column(1) });
  }

  [jupyterDisplay](): MimeBundle {
    const counts = this.counts();
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    const alone = this.names.filter((_, at) => counts[at] === 0);
    const head = `SensorNeighbours of ${this.names.length} sensors (${this.words}): ${this.pairs.length} pairs, ${least} to ${most} neighbours each`;
    const lines =
      alone.length === 0 ? [] : [`without neighbours: ${alone.slice(0, 10).join(", ")}`];
    return { "text/plain": [head, ...lines].join("\n") };
  }
}
