/**
 * The painter of the cortex for a browser: that of `rasterize` and `shade`, as text and with halves that are turned. It
 * needs no graphics card: triangles into a buffer of depths, then a colour for each pixel.
 */
export const cortexPainter = `const cortexPainter = (halves, scale) => {
  const ambient = 0.45;
  const [plain, gyrus, sulcus, borderGrey, borderPx] = [168, 186, 122, 25, 2];
  let [width, height] = [0, 0];
  let owner, triangle, first, second, depth;
  const resize = (w, h) => {
    if (w === width && h === height) return;
    [width, height] = [w, h];
    owner = new Int8Array(w * h);
    triangle = new Int32Array(w * h);
    [first, second, depth] = [0, 1, 2].map(() => new Float32Array(w * h));
  };
  for (const half of halves) {
    const { points, triangles } = half;
    const normals = new Float32Array(points.length);
    for (let t = 0; t < triangles.length; t += 3) {
      const [a, b, c] = [3 * triangles[t], 3 * triangles[t + 1], 3 * triangles[t + 2]];
      const [ux, uy, uz] = [points[b] - points[a], points[b + 1] - points[a + 1], points[b + 2] - points[a + 2]];
      const [vx, vy, vz] = [points[c] - points[a], points[c + 1] - points[a + 1], points[c + 2] - points[a + 2]];
      const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
      const length = Math.hypot(...normal) || 1;
      for (const corner of [a, b, c]) for (let k = 0; k < 3; k++) normals[corner + k] += normal[k] / length;
    }
    for (let v = 0; v < normals.length; v += 3) {
      const length = Math.hypot(normals[v], normals[v + 1], normals[v + 2]) || 1;
      for (let k = 0; k < 3; k++) normals[v + k] /= length;
    }
    half.normals = normals;
    half.places = new Float32Array(points.length);
    half.facing = new Float32Array(points.length / 3);
  }
  const project = ({ points, normals, places, facing }, turn, middle, perUnit) => {
    for (let v = 0; v < points.length; v += 3) {
      const [x, y, z] = [points[v] - middle[0], points[v + 1] - middle[1], points[v + 2] - middle[2]];
      places[v] = width / 2 + (x * turn[0] + y * turn[1] + z * turn[2]) * perUnit;
      places[v + 1] = height / 2 - (x * turn[3] + y * turn[4] + z * turn[5]) * perUnit;
      places[v + 2] = (x * turn[6] + y * turn[7] + z * turn[8]) * perUnit;
      facing[v / 3] = Math.abs(normals[v] * turn[6] + normals[v + 1] * turn[7] + normals[v + 2] * turn[8]);
    }
  };
  const fill = (h, t, places, a, b, c) => {
    const [ax, ay, az] = [places[a], places[a + 1], places[a + 2]];
    const [bx, by, bz] = [places[b], places[b + 1], places[b + 2]];
    const [cx, cy, cz] = [places[c], places[c + 1], places[c + 2]];
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    if (area === 0) return;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    const [stepA, stepB] = [(by - cy) / area, (cy - ay) / area];
    for (let y = top; y <= bottom; y++) {
      const [px, py] = [left + 0.5, y + 0.5];
      let wa = ((bx - px) * (cy - py) - (cx - px) * (by - py)) / area;
      let wb = ((cx - px) * (ay - py) - (ax - px) * (cy - py)) / area;
      for (let x = left; x <= right; x++, wa += stepA, wb += stepB) {
        const wc = 1 - wa - wb;
        if (wa < -1e-9 || wb < -1e-9 || wc < -1e-9) continue;
        const z = wa * az + wb * bz + wc * cz;
        const at = y * width + x;
        if (!(z > depth[at])) continue;
        depth[at] = z;
        owner[at] = h;
        triangle[at] = t;
        first[at] = wa;
        second[at] = wb;
      }
    }
  };
  const nearest = (a, b, c, wa, wb, wc) => (wa >= wb && wa >= wc ? a : wb >= wc ? b : c);
  const mixed = (values, from, a, b, c, wa, wb, wc) => {
    const value = wa * values[from + a] + wb * values[from + b] + wc * values[from + c];
    return Number.isNaN(value) ? values[from + nearest(a, b, c, wa, wb, wc)] : value;
  };
  const vertexAt = (at) => {
    if (triangle[at] < 0) return -1;
    const corners = halves[owner[at]].triangles;
    const t = 3 * triangle[at];
    return nearest(corners[t], corners[t + 1], corners[t + 2], first[at], second[at], 1 - first[at] - second[at]);
  };
  const shade = (pixels, at, frame) => {
    const { triangles, facing, folds, values } = halves[owner[at]];
    const t = 3 * triangle[at];
    const [a, b, c] = [triangles[t], triangles[t + 1], triangles[t + 2]];
    const [wa, wb] = [first[at], second[at]];
    const wc = 1 - wa - wb;
    const light = ambient + (1 - ambient) * (wa * facing[a] + wb * facing[b] + wc * facing[c]);
    const value = mixed(values, frame * facing.length, a, b, c, wa, wb, wc);
    const to = 4 * at;
    pixels[to + 3] = 255;
    if (scale.isDrawn(value)) {
      const rgb = scale.colour(value);
      const soft = 0.6 + 0.4 * light;
      for (let k = 0; k < 3; k++) pixels[to + k] = rgb[k] * soft;
      return;
    }
    const fold = folds ? mixed(folds, 0, a, b, c, wa, wb, wc) : NaN;
    const grey = Number.isNaN(fold) ? plain : gyrus + (sulcus - gyrus) / (1 + Math.exp(-fold * 30));
    pixels[to] = pixels[to + 1] = pixels[to + 2] = light * grey;
  };
  const borders = (pixels) => {
    const label = new Int32Array(width * height).fill(-2);
    for (let at = 0; at < label.length; at++)
      if (triangle[at] >= 0 && halves[owner[at]].labels) label[at] = owner[at] * 65536 + halves[owner[at]].labels[vertexAt(at)] + 1;
    for (let y = 0; y + borderPx < height; y++)
      for (let x = 0; x + borderPx < width; x++) {
        const at = y * width + x;
        if (label[at] === -2) continue;
        const differs = (other) => label[other] !== -2 && label[other] !== label[at];
        if (differs(at + borderPx) || differs(at + borderPx * width))
          pixels[4 * at] = pixels[4 * at + 1] = pixels[4 * at + 2] = borderGrey;
      }
  };
  const paint = (pixels, w, h, { turn, middle, perUnit, frame, isShown }) => {
    resize(w, h);
    triangle.fill(-1);
    depth.fill(-Infinity);
    halves.forEach((half, number) => {
      if (!isShown(half)) return;
      project(half, turn, middle, perUnit);
      const { triangles, places } = half;
      for (let t = 0; 3 * t < triangles.length; t++)
        fill(number, t, places, 3 * triangles[3 * t], 3 * triangles[3 * t + 1], 3 * triangles[3 * t + 2]);
    });
    for (let at = 0; at < triangle.length; at++) if (triangle[at] >= 0) shade(pixels, at, frame);
    if (halves.some(({ labels }) => labels)) borders(pixels);
  };
  /** The vertex that a pixel shows. */
  const pick = (x, y) => {
    if (!(x >= 0 && y >= 0 && x < width && y < height)) return undefined;
    const at = Math.floor(y) * width + Math.floor(x);
    return triangle[at] < 0 ? undefined : { half: owner[at], vertex: vertexAt(at) };
  };
  /** Where a vertex was painted, undefined where something lies before it. */
  const placeOf = (half, vertex) => {
    const [x, y, z] = halves[half].places.subarray(3 * vertex, 3 * vertex + 3);
    const column = Math.min(width - 1, Math.max(0, Math.floor(x)));
    const row = Math.min(height - 1, Math.max(0, Math.floor(y)));
    return depth[row * width + column] > z + 8 ? undefined : [x, y];
  };
  return { paint, pick, placeOf };
};`;
