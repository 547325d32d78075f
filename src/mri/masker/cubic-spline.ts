/**
 * A cubic spline through values at some places, its ends not a knot, at all places from 0 to n − 1: scipy's
 * `CubicSpline`.
 *
 * @param places - ascending, four or more.
 */
export function splineThrough(
  places: ArrayLike<number>,
  values: Float64Array,
  n: number,
): Float64Array {
  const slopes = slopesOf(places, values);
  const m = places.length;
  let piece = 0;
  return Float64Array.from({ length: n }, (_, x) => {
    while (piece < m - 2 && x >= places[piece + 1]) piece++;
    const width = places[piece + 1] - places[piece];
    const rise = (values[piece + 1] - values[piece]) / width;
    const t = x - places[piece];
    const c = (slopes[piece] + slopes[piece + 1] - 2 * rise) / width;
    const b = (rise - slopes[piece]) / width - c;
    return values[piece] + t * (slopes[piece] + t * (b + (t * c) / width));
  });
}

/** The slope at each place, so that curvature does not jump: a tridiagonal system. */
function slopesOf(x: ArrayLike<number>, y: Float64Array): Float64Array {
  const m = x.length;
  const dx = Float64Array.from({ length: m - 1 }, (_, i) => x[i + 1] - x[i]);
  const rise = dx.map((width, i) => (y[i + 1] - y[i]) / width);
  const [below, middle, above, right] = [0, 1, 2, 3].map(() => new Float64Array(m));
  const first = dx[0] + dx[1];
  middle[0] = dx[1];
  above[0] = first;
  right[0] = ((dx[0] + 2 * first) * dx[1] * rise[0] + dx[0] ** 2 * rise[1]) / first;
  for (let i = 1; i < m - 1; i++) {
    below[i] = dx[i];
    middle[i] = 2 * (dx[i - 1] + dx[i]);
    above[i] = dx[i - 1];
    right[i] = 3 * (dx[i] * rise[i - 1] + dx[i - 1] * rise[i]);
  }
  const last = dx[m - 2] + dx[m - 3];
  middle[m - 1] = dx[m - 3];
  below[m - 1] = last;
  right[m - 1] =
    (dx[m - 2] ** 2 * rise[m - 3] + (2 * last + dx[m - 2]) * dx[m - 3] * rise[m - 2]) / last;
  for (let i = 1; i < m; i++) {
    const factor = below[i] / middle[i - 1];
    middle[i] -= factor * above[i - 1];
    right[i] -= factor * right[i - 1];
  }
  const slopes = new Float64Array(m);
  slopes[m - 1] = right[m - 1] / middle[m - 1];
  for (let i = m - 2; i >= 0; i--) slopes[i] = (right[i] - above[i] * slopes[i + 1]) / middle[i];
  return slopes;
}
