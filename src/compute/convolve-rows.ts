import { pauses, type JobOptions } from "../core/job.ts";
import type { Arena } from "./arena.ts";
import { computeEngine } from "./compute-engine.ts";
import type { Convolution, TakeConvolved, Wavelet } from "./convolution.ts";
import { convolvedPlainly } from "./convolved-plainly.ts";
import { fourierSize, roots } from "./fourier-size.ts";
import { inOrder } from "./layouts.ts";
import type { Steps } from "./step.ts";
import { hasKernels } from "./which-path.ts";

/** Values of a result held in the memory of the kernels at once, twice. */
const VALUES_AT_ONCE = 2 ** 19;
/** Elements of all Fourier transforms done in a ms on one thread. */
const ELEMENTS_PER_MS = 1.5e5;
const work = "a convolution";

/**
 * Rows convolved with each of some wavelets, zeros beyond their ends, by Fourier transforms; handed out some rows at a time,
 * in order. A row with a number that is not finite is `NaN` throughout. Rows do not see each other, and the numbers are
 * the same on any number of threads.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export async function convolveRows(
  convolution: Convolution,
  take: TakeConvolved,
  { signal, jobs }: JobOptions,
  engine = computeEngine,
): Promise<void> {
  const { nRows, nTimes, wavelets } = convolution;
  if (!hasKernels()) {
    const pause = pauses(signal, work);
    for (const rows of convolvedPlainly(convolution)) {
      take(rows);
      if (pause.due()) await pause.turn();
    }
    return;
  }
  const expectedMs = (nRows * wavelets.length * nTimes) / ELEMENTS_PER_MS;
  await engine.use({ work, signal, jobs, expectedMs }, (workspace) =>
    workspace.runSteps(convolveSteps(workspace, convolution, take)),
  );
}

/** Wavelets that are transformed over one size, and their places among all. */
interface BandsOfSize {
  readonly size: number;
  readonly bands: readonly number[];
}

function* convolveSteps(arena: Arena, convolution: Convolution, take: TakeConvolved): Steps<void> {
  const { data, nRows, nTimes, wavelets, samples, parts } = convolution;
  const rowValues = wavelets.length * samples.length;
  const places = arena.allocate(samples.length * 4);
  arena.uint32(places, samples.length).set(samples);
  const groups = [];
  for (const group of bySize(wavelets, nTimes))
    groups.push(yield* transformed(arena, group, convolution, places));
  const perPart = parts === "power" ? 1 : 2;
  const atOnce = Math.min(
    nRows + (nRows % 2),
    2 * Math.max(1, Math.floor(VALUES_AT_ONCE / perPart / rowValues / 2)),
  );
  const rooms = [0, 1].map(() => ({
    rows: arena.allocate(atOnce * nTimes * 8),
    values: arena.allocate(atOnce * rowValues * 8),
    imaginary: parts === "power" ? 0 : arena.allocate(atOnce * rowValues * 8),
  }));
  const fill = (first: number): void => {
    if (first >= nRows) return;
    const rows = arena.float64(rooms[(first / atOnce) % 2].rows, atOnce * nTimes);
    const some = data.subarray(first * nTimes, Math.min(nRows, first + atOnce) * nTimes);
    rows.set(some);
    rows.fill(0, some.length);
  };
  const handOut = (first: number): void => {
    if (first < 0) return;
    const { values, imaginary } = rooms[(first / atOnce) % 2];
    const n = Math.min(nRows, first + atOnce) - first;
    take({
      firstRow: first,
      nRows: n,
      values: arena.float64(values, n * rowValues),
      imaginary: arena.float64(imaginary, imaginary === 0 ? 0 : n * rowValues),
    });
  };
  fill(0);
  let last = -1;
  for (let first = 0; first < nRows; last = first, first += atOnce) {
    const { rows, values, imaginary } = rooms[(first / atOnce) % 2];
    const nBlocks = Math.ceil(Math.min(atOnce, nRows - first) / 2);
    for (const [at, { size, nBands, ...addresses }] of groups.entries())
      yield {
        kernel: "convolveRows",
        params: inOrder("convolve", {
          ...{ nTimes, size, nBands, ...addresses, rows, out: values, imaginary },
          ...{ allBands: wavelets.length, nSamples: samples.length, samples: places },
        }),
        nBlocks,
        options: {
          scratchBytes: size * 64,
          expectedMs: (2 * nBlocks * nBands * size) / ELEMENTS_PER_MS,
          meanwhile: () => {
            if (at > 0) return;
            handOut(last);
            fill(first + atOnce);
          },
        },
      };
  }
  handOut(last);
}

/** Wavelets by the size that holds a row and half of them: what wraps round is not wanted. */
function bySize(wavelets: readonly Wavelet[], nTimes: number): BandsOfSize[] {
  const sizes = wavelets.map(({ re }) => fourierSize(nTimes + (re.length - 1) / 2));
  return [...new Set(sizes)].map((size) => ({
    size,
    bands: [...sizes.keys()].filter((band) => sizes[band] === size),
  }));
}

/** Where the kernel finds the wavelets of one size. */
interface Transformed {
  readonly size: number;
  readonly nBands: number;
  readonly bands: number;
  readonly roots: number;
  readonly spectra: number;
}

function* transformed(
  arena: Arena,
  { size, bands }: BandsOfSize,
  { nTimes, wavelets, samples }: Convolution,
  places: number,
): Steps<Transformed> {
  const found = {
    ...{ size, nBands: bands.length, bands: arena.allocate(bands.length * 4) },
    ...{ roots: arena.allocate(size * 16), spectra: arena.allocate(bands.length * size * 16) },
  };
  arena.uint32(found.bands, bands.length).set(bands);
  arena.float64(found.roots, size * 2).set(roots(size));
  const spectra = arena.float64(found.spectra, bands.length * size * 2).fill(0);
  bands.forEach((band, at) => {
    const { re, im } = wavelets[band];
    const half = (re.length - 1) / 2;
    for (let k = 0; k < re.length; k++) {
      const to = 2 * (at * size + ((k - half + size) % size));
      spectra[to] = re[k];
      spectra[to + 1] = im[k];
    }
  });
  yield {
    kernel: "waveletSpectra",
    params: inOrder("convolve", {
      ...{ nTimes, ...found, rows: 0, out: 0, imaginary: 0 },
      ...{ allBands: wavelets.length, nSamples: samples.length, samples: places },
    }),
    nBlocks: bands.length,
    options: { scratchBytes: size * 32, expectedMs: (bands.length * size) / ELEMENTS_PER_MS },
  };
  return found;
}
