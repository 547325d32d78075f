/** Numbers of the rows of each label, labels in the order in which they appear. */
export function rowsByLabel(labels: ArrayLike<string | number>): number[][] {
  const places = new Map<string, number[]>();
  for (let row = 0; row < labels.length; row++) {
    const name = String(labels[row]);
    const rows = places.get(name);
    if (rows === undefined) places.set(name, [row]);
    else rows.push(row);
  }
  return [...places.values()];
}
