/** One second-order section: numerator and denominator, of which the first is 1. */
interface Section {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

interface Complex {
  readonly re: number;
  readonly im: number;
}

const order = 5;

/** Kept frequencies as shares of half the sampling frequency; undefined: no bound. */
export interface Passband {
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** How many volumes the ends are padded by; a run must be longer. */
export function paddingOf({ low, high }: Passband): number {
  return low !== undefined && high !== undefined ? 33 : 18;
}

/**
 * A Butterworth filter of order 5 in second-order sections, as `scipy.signal.butter` designs it.
 *
 * @param passband - frequencies from `low` (above 0) to `high` (below 1) pass.
 */
export function butterworthSections({ low, high }: Passband): Section[] {
  const warp = (share: number): number => 4 * Math.tan((Math.PI * share) / 2);
  const prototype = Array.from({ length: order }, (_, k) => {
    const angle = (Math.PI * (2 * k + order + 1)) / (2 * order);
    return { re: Math.cos(angle), im: Math.sin(angle) };
  });
  if (low !== undefined && high !== undefined)
    return bandSections(prototype, warp(low), warp(high));
  const edge = warp(low ?? high ?? 0.5);
  const analog = prototype.map((pole) =>
    low === undefined ? times(pole, edge) : times(inverse(pole), edge),
  );
  const zero = low === undefined ? -1 : 1;
  const sections = upper(analog.map(bilinear)).map((pole): Section => {
    if (Math.abs(pole.im) < 1e-12) return { b: [1, -zero, 0], a: [-pole.re, 0] };
    return { b: [1, -2 * zero, 1], a: quadratic(pole) };
  });
  return atUnit(sections, -zero === 1 ? 1 : -1);
}

function bandSections(prototype: readonly Complex[], from: number, to: number): Section[] {
  const [width, middle] = [to - from, Math.sqrt(from * to)];
  const poles = prototype.flatMap((pole) => {
    const half = times(pole, width / 2);
    const root = squareRoot({
      re: half.re ** 2 - half.im ** 2 - middle ** 2,
      im: 2 * half.re * half.im,
    });
    return [
      { re: half.re + root.re, im: half.im + root.im },
      { re: half.re - root.re, im: half.im - root.im },
    ];
  });
  const digital = poles.map(bilinear);
  const real = digital.filter(({ im }) => Math.abs(im) < 1e-12);
  const sections = digital
    .filter(({ im }) => im >= 1e-12)
    .map((pole): Section => ({ b: [1, 0, -1], a: quadratic(pole) }));
  if (real.length === 2)
    sections.push({
      b: [1, 0, -1],
      a: [-(real[0].re + real[1].re), real[0].re * real[1].re],
    });
  // The middle of the band in the warped frequency passes unchanged.
  return atUnit(sections, 2 * Math.atan(middle / 4));
}

/** One of each pair of poles, and those that are real. */
function upper(poles: readonly Complex[]): Complex[] {
  return poles.filter(({ im }) => im > -1e-12);
}

function quadratic({ re, im }: Complex): [number, number] {
  return [-2 * re, re * re + im * im];
}

function times({ re, im }: Complex, factor: number): Complex {
  return { re: re * factor, im: im * factor };
}

function inverse({ re, im }: Complex): Complex {
  const size = re * re + im * im;
  return { re: re / size, im: -im / size };
}

function squareRoot({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  const real = Math.sqrt((size + re) / 2);
  const imaginary = Math.sqrt(Math.max(0, (size - re) / 2));
  return { re: real, im: im < 0 ? -imaginary : imaginary };
}

/** (4 + s) / (4 − s). */
function bilinear({ re, im }: Complex): Complex {
  const [a, b, c, d] = [4 + re, im, 4 - re, -im];
  const size = c * c + d * d;
  return { re: (a * c + b * d) / size, im: (b * c - a * d) / size };
}

/** Sections each scaled to gain 1 at a frequency: an angle, or 1 and −1 for the two ends. */
function atUnit(sections: readonly Section[], where: number): Section[] {
  const z =
    where === 1
      ? { re: 1, im: 0 }
      : where === -1
        ? { re: -1, im: 0 }
        : { re: Math.cos(where), im: Math.sin(where) };
  const z2 = { re: z.re ** 2 - z.im ** 2, im: 2 * z.re * z.im };
  const size = (c0: number, c1: number, c2: number): number =>
    Math.hypot(c0 * z2.re + c1 * z.re + c2, c0 * z2.im + c1 * z.im);
  return sections.map(({ b, a }) => {
    const gain = size(1, a[0], a[1]) / size(...b);
    return { b: [b[0] * gain, b[1] * gain, b[2] * gain], a };
  });
}

/**
 * Filter forwards and backwards with ends continued by odd reflection, so that nothing is shifted: scipy's
 * `sosfiltfilt`. `values` must be longer than the padding.
 */
export function filterBothWays(
  sections: readonly Section[],
  values: Float64Array,
  padding: number,
): Float64Array {
  const n = values.length;
  const padded = new Float64Array(n + 2 * padding);
  padded.set(values, padding);
  for (let k = 1; k <= padding; k++) {
    padded[padding - k] = 2 * values[0] - values[k];
    padded[padding + n - 1 + k] = 2 * values[n - 1] - values[n - 1 - k];
  }
  filterOnce(sections, padded);
  padded.reverse();
  filterOnce(sections, padded);
  padded.reverse();
  return padded.slice(padding, padding + n);
}

/** In place, from the state that a constant of the first value leaves. */
function filterOnce(sections: readonly Section[], values: Float64Array): void {
  let level = values[0];
  for (const { b, a } of sections) {
    const gain = (b[0] + b[1] + b[2]) / (1 + a[0] + a[1]);
    let second = (b[2] - a[1] * gain) * level;
    let first = (b[1] - a[0] * gain) * level + second;
    for (let t = 0; t < values.length; t++) {
      const x = values[t];
      const y = b[0] * x + first;
      first = b[1] * x - a[0] * y + second;
      second = b[2] * x - a[1] * y;
      values[t] = y;
    }
    level *= gain;
  }
}
