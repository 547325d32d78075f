/**
 * Number of pairs i < j with values[i] > values[j], by merging runs bottom up: O(n log n).
 *
 * @example
 * inversions(Uint32Array.of(2, 0, 1)); // 2
 */
export function inversions(values: Uint32Array): number {
  let runs = values.slice();
  let merged = new Uint32Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let from = 0; from < values.length; from += 2 * width) {
      count += mergeRuns(runs, merged, from, width);
    }
    [runs, merged] = [merged, runs];
  }
  return count;
}

function mergeRuns(runs: Uint32Array, merged: Uint32Array, from: number, width: number): number {
  const middle = Math.min(from + width, runs.length);
  const end = Math.min(middle + width, runs.length);
  let left = from;
  let right = middle;
  let count = 0;
  for (let at = from; at < end; at++) {
    if (left < middle && (right >= end || runs[left] <= runs[right])) {
      merged[at] = runs[left++];
    } else {
      merged[at] = runs[right++];
      count += middle - left;
    }
  }
  return count;
}
