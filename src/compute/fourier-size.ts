/** The least size from `least` on that the kernels transform fast: 1, 2, 3 or 6 times a power of 4. */
export function fourierSize(least: number): number {
  const sizes = [4, 8, 12, 24].map((first) => {
    let size = first;
    while (size < least) size *= 4;
    return size;
  });
  return Math.min(...sizes);
}

/** e^(−2πi k / size) for every k below `size`: real and imaginary parts in turn. */
export function roots(size: number): Float64Array {
  const found = new Float64Array(2 * size);
  for (let k = 0; k < size; k++) {
    const angle = (2 * Math.PI * k) / size;
    found[2 * k] = Math.cos(angle);
    found[2 * k + 1] = -Math.sin(angle);
  }
  return found;
}
