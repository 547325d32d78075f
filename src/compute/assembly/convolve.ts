import { forward, inverse } from "./fourier";
import { Convolve } from "./layouts";
import { int, address } from "./params";

/** Block = wavelet, laid round the size, its first half last: becomes its transform over `size`, in place. */
export function waveletSpectra(params: usize, block: i32, scratch: usize): void {
  const size = int(params, Convolve.size);
  const spectrum = address(params, Convolve.spectra) + (<usize>block * <usize>size << 4);
  const bytes = <usize>size << 5;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(scratch + at, v128.load64_splat(spectrum + (at >> 1)));
  }
  forward(scratch, size, address(params, Convolve.roots));
  const share = 1.0 / <f64>size;
  for (let at: usize = 0; at < bytes; at += 16) {
    store<f64>(spectrum + (at >> 1), load<f64>(scratch + at) * share);
  }
}

/**
 * Block = two rows: convolved with each wavelet, at the samples wanted; zeros lie beyond a row. With `imaginary` real and
 * imaginary parts are written, without it their squares added: [row][band][sample].
 */
export function convolveRows(params: usize, block: i32, scratch: usize): void {
  const size = int(params, Convolve.size);
  const roots = address(params, Convolve.roots);
  const nBands = int(params, Convolve.nBands);
  const bands = address(params, Convolve.bands);
  const bytes = <usize>size << 5;
  const rowBytes = <usize>int(params, Convolve.nTimes) << 3;
  const first = address(params, Convolve.rows) + ((<usize>block * rowBytes) << 1);
  spread(first, rowBytes, scratch, bytes);
  forward(scratch, size, roots);
  const work = scratch + bytes;
  const nSamples = int(params, Convolve.nSamples);
  const bandBytes = <usize>nSamples << 3;
  const allBytes = bandBytes * <usize>int(params, Convolve.allBands);
  const imaginary = address(params, Convolve.imaginary);
  const samples = address(params, Convolve.samples);
  for (let k = 0; k < nBands; k++) {
    multiply(scratch, address(params, Convolve.spectra) + (<usize>k * bytes >> 1), work, bytes);
    inverse(work, size, roots);
    const at = ((<usize>block * allBytes) << 1) + <usize>load<u32>(bands + (<usize>k << 2)) * bandBytes;
    const to = address(params, Convolve.out) + at;
    if (imaginary == 0) writePower(work, samples, nSamples, to, allBytes);
    else writeParts(work, samples, nSamples, to, imaginary + at, allBytes);
  }
}

/** Two rows side by side, without imaginary parts, and zeros after them. */
function spread(row: usize, rowBytes: usize, to: usize, bytes: usize): void {
  memory.fill(to, 0, bytes);
  for (let at: usize = 0; at < rowBytes; at += 8) {
    store<f64>(to + (at << 2), load<f64>(row + at));
    store<f64>(to + (at << 2), load<f64>(row + rowBytes + at), 8);
  }
}

function multiply(data: usize, spectrum: usize, to: usize, bytes: usize): void {
  let root = spectrum;
  for (let at: usize = 0; at < bytes; at += 32) {
    const c = v128.load64_splat(root);
    const s = v128.load64_splat(root, 8);
    const re = v128.load(data + at);
    const im = v128.load(data + at, 16);
    v128.store(to + at, f64x2.sub(f64x2.mul(re, c), f64x2.mul(im, s)));
    v128.store(to + at, f64x2.add(f64x2.mul(re, s), f64x2.mul(im, c)), 16);
    root += 16;
  }
}

function writePower(from: usize, samples: usize, nSamples: i32, to: usize, rowBytes: usize): void {
  for (let k = 0; k < nSamples; k++) {
    const at = from + (<usize>load<u32>(samples + (<usize>k << 2)) << 5);
    const re = v128.load(at);
    const im = v128.load(at, 16);
    const power = f64x2.add(f64x2.mul(re, re), f64x2.mul(im, im));
    const place = to + (<usize>k << 3);
    store<f64>(place, f64x2.extract_lane(power, 0));
    store<f64>(place + rowBytes, f64x2.extract_lane(power, 1));
  }
}

function writeParts(
  from: usize,
  samples: usize,
  nSamples: i32,
  re: usize,
  im: usize,
  rowBytes: usize,
): void {
  for (let k = 0; k < nSamples; k++) {
    const at = from + (<usize>load<u32>(samples + (<usize>k << 2)) << 5);
    const place = <usize>k << 3;
    store<f64>(re + place, load<f64>(at));
    store<f64>(re + place + rowBytes, load<f64>(at, 8));
    store<f64>(im + place, load<f64>(at, 16));
    store<f64>(im + place + rowBytes, load<f64>(at, 24));
  }
}
