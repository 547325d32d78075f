import { pauses } from "../core/job.ts";
import { inOrder, type Parameters } from "./layouts.ts";
import type { Workspace } from "./workspace.ts";

/** One ridge regression in the space of rows: three ranges of rows it is trained on, the range it predicts, its penalty. */
export interface DualUnit {
  /** First and end of each range, the tested one last; empty ranges are [0, 0]. */
  readonly ranges: readonly number[];
  readonly alpha: number;
}

/** Columns of a system taken at once, in tiles of 4. */
const COLUMN_TILES = 16;
/** Tiles of rows that a block of Cholesky's factor takes. */
const ROW_TILES = 8;
/**
 * With a pivot smaller than this share of its diagonal entry a system may lose more than ten of its digits: some rows
 * follow from others, and the penalty is small.
 */
const LEAST_PIVOT = 1e-6;
const PRODUCTS_PER_MS = 4e6;

export function nTrained({ ranges }: DualUnit): number {
  return ranges[1] - ranges[0] + ranges[3] - ranges[2] + ranges[5] - ranges[4];
}

/** Systems of some units in the memory of a job, and the right-hand sides they are solved for. */
export class DualSystems {
  readonly nTiles: number;
  /** Of each system, [tile of 4 rows][column of the system][4]. */
  readonly sides: number;
  /** Tiles of right-hand sides of each unit. */
  readonly sideTiles: number;
  readonly #workspace: Workspace;
  readonly #n: number;
  readonly #intercept: boolean;
  readonly #units: readonly DualUnit[];
  readonly #addresses;

  constructor(
    workspace: Workspace,
    rows: { readonly n: number; readonly intercept: boolean },
    units: readonly DualUnit[],
    sideTiles: number,
  ) {
    const sizes = units.map(nTrained);
    this.nTiles = Math.ceil(sizes.reduce((most, size) => Math.max(most, size), 1) / 4);
    this.sideTiles = sideTiles;
    this.#workspace = workspace;
    this.#n = rows.n;
    this.#intercept = rows.intercept;
    this.#units = units;
    const allocate = (bytes: number): number => workspace.allocate(bytes);
    this.sides = allocate(units.length * sideTiles * this.panelBytes);
    this.#addresses = {
      ranges: allocate(units.length * 32),
      alphas: allocate(units.length * 8),
      products: allocate(rows.n * rows.n * 8),
      means: allocate(units.length * (rows.n + 1) * 8),
      systems: allocate(units.length * this.nTiles * this.panelBytes),
      diagonals: allocate(units.length * this.nTiles * 32),
      pivots: allocate(units.length * 8),
    };
  }

  /** Bytes that so many units take, each of about n rows. */
  static bytesOf(n: number, sideTiles: number): number {
    const nTiles = Math.ceil(n / 4);
    return nTiles * 128 * (nTiles + sideTiles);
  }

  get panelBytes(): number {
    return this.nTiles * 128;
  }

  /** Whether each unit has a solution that keeps its digits. After `factorize`. */
  get solvable(): boolean[] {
    const pivots = this.#workspace.float64(this.#addresses.pivots, this.#units.length);
    return Array.from(pivots, (pivot) => pivot > LEAST_PIVOT);
  }

  /** Write the products of rows, in the order given, and form the systems. Take no memory after it. */
  async form(
    products: Float64Array,
    order: ArrayLike<number>,
    withTested: boolean,
    signal?: AbortSignal,
  ): Promise<void> {
    const { ranges, alphas } = this.#addresses;
    const n = this.#n;
    const nUnits = this.#units.length;
    this.#workspace.uint32(ranges, nUnits * 8).set(this.#units.flatMap((unit) => [...unit.ranges]));
    this.#workspace.float64(alphas, nUnits).set(this.#units.map(({ alpha }) => alpha));
    const pause = pauses(signal, "ridge regression");
    const to = this.#workspace.float64(this.#addresses.products, n * n);
    for (let i = 0, at = 0; i < n; i++) {
      const row = order[i] * n;
      for (let j = 0; j < n; j++, at++) to[at] = products[row + order[j]];
      if (pause.due()) await pause.turn();
    }
    const perUnit = this.nTiles + (withTested ? this.sideTiles : 0);
    await this.#workspace.run("dualMeans", this.params(), nUnits, {
      expectedMs: (nUnits * n * n) / 1e6,
    });
    await this.#workspace.run("dualSystems", this.params({ perUnit }), nUnits * perUnit, {
      expectedMs: (nUnits * perUnit * n) / 5e4,
    });
  }

  /** Cholesky's factor of every system, some columns at a time. */
  async factorize(onDone: (share: number) => void = () => {}): Promise<void> {
    const nUnits = this.#units.length;
    for (let first = 0; first < this.nTiles; first += COLUMN_TILES) {
      const last = Math.min(this.nTiles, first + COLUMN_TILES);
      const width = last - first;
      const below = this.nTiles - last;
      const each = (64 * width * (first + width / 2) * nUnits) / PRODUCTS_PER_MS;
      const columns = { firstColumn: first, lastColumn: last };
      const own = { ...columns, firstRow: first, rowTiles: width };
      await this.#workspace.run("choleskyTiles", this.params(own), nUnits, {
        expectedMs: (each * width) / 2,
      });
      if (below > 0) {
        const groups = Math.ceil(below / ROW_TILES);
        const others = { ...columns, firstRow: last, rowTiles: ROW_TILES, groups };
        await this.#workspace.run("choleskyTiles", this.params(others), nUnits * groups, {
          expectedMs: each * below,
        });
      }
      onDone((last / this.nTiles) ** 2);
    }
  }

  /** Solve for the first tiles of right-hand sides of each unit. */
  async solve(sideTiles = this.sideTiles): Promise<void> {
    const nBlocks = this.#units.length * sideTiles;
    await this.#workspace.run("dualSolve", this.params({ sideTiles }), nBlocks, {
      expectedMs: (nBlocks * 64 * this.nTiles ** 2) / PRODUCTS_PER_MS,
    });
  }

  /** Parameters of the kernels in `assembly/dual.ts` and `assembly/dual-scores.ts`. */
  params(step: DualStep = {}): number[] {
    return inOrder("dual", {
      ...this.#addresses,
      ...noStep,
      nRows: this.#n,
      nTiles: this.nTiles,
      nUnits: this.#units.length,
      sides: this.sides,
      sideTiles: this.sideTiles,
      intercept: this.#intercept ? 1 : 0,
      ...step,
    });
  }
}

/** What differs from kernel to kernel. */
export type DualStep = Partial<Pick<Parameters<"dual">, keyof typeof noStep | "sideTiles">>;

const noStep = {
  firstColumn: 0,
  lastColumn: 0,
  firstRow: 0,
  rowTiles: 0,
  targets: 0,
  targetTiles: 0,
  r2: 0,
  r: 0,
  perUnit: 0,
  groups: 1,
};
