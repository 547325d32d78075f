import type { Tensor, Tfjs } from "./tfjs.ts";

/**
 * Product of two matrices. Its gradients are written with explicit transposes: the wasm backend has a fast product for
 * plain matrices alone, and one ten times slower for transposed ones.
 */
export function product(tf: Tfjs, a: Tensor, b: Tensor): Tensor {
  return tf.customGrad<[Tensor, Tensor]>((left, right, save) => {
    save([left, right]);
    return {
      value: tf.matMul(left, right),
      gradFunc: (dy, [l, r]) => [tf.matMul(dy, tf.transpose(r)), tf.matMul(tf.transpose(l), dy)],
    };
  })(a, b);
}

/** Product of a constant matrix with one that is learned. */
export function constantProduct(tf: Tfjs, constant: Tensor, b: Tensor): Tensor {
  return tf.customGrad<[Tensor]>((right, save) => {
    save([constant]);
    return {
      value: tf.matMul(constant, right),
      gradFunc: (dy, [left]) => tf.matMul(tf.transpose(left), dy),
    };
  })(b);
}

/**
 * Rows of a matrix by their places. The wasm backend has no gradient of its own gather: it is the sum of what came back
 * to each row. Nothing is made but the rows taken; a matrix of ones and zeros that picks them has pairs × images numbers.
 */
export function takeRows(tf: Tfjs, matrix: Tensor, places: Int32Array): Tensor {
  return tf.customGrad<[Tensor]>((from) => {
    const [nRows, width] = from.shape;
    const data = from.dataSync();
    const taken = new Float32Array(places.length * width);
    places.forEach((place, at) =>
      taken.set(data.subarray(place * width, (place + 1) * width), at * width),
    );
    return {
      value: tf.tensor(taken, [places.length, width]),
      gradFunc: (dy) => tf.tensor(addRows(dy.dataSync(), places, nRows, width), [nRows, width]),
    };
  })(matrix);
}

function addRows(
  rows: Float32Array,
  places: Int32Array,
  nRows: number,
  width: number,
): Float32Array {
  const sums = new Float32Array(nRows * width);
  places.forEach((place, at) => {
    for (let k = 0; k < width; k++) sums[place * width + k] += rows[at * width + k];
  });
  return sums;
}

/**
 * Convolution without padding, images × height × width × channels. The wasm backend has no gradient of the kernel: it
 * is a product of the shifted input with the gradient of the output, one for each place of the kernel.
 */
export function convolution(tf: Tfjs, x: Tensor, kernel: Tensor, stride: number): Tensor {
  return tf.customGrad<[Tensor, Tensor]>((input, weights, save) => {
    save([input, weights]);
    return {
      value: tf.conv2d(input, weights, stride, "valid"),
      gradFunc: (dy, [i, w]) => [
        tf.conv2dTranspose(dy, w, i.shape, stride, "valid"),
        kernelGradient(tf, i, dy, w.shape, stride),
      ],
    };
  })(x, kernel);
}

function kernelGradient(
  tf: Tfjs,
  x: Tensor,
  dy: Tensor,
  kernelShape: readonly number[],
  stride: number,
): Tensor {
  const [kh, kw, cIn, cOut] = kernelShape;
  const [n, h, w] = dy.shape;
  const gradient = tf.reshape(dy, [n * h * w, cOut]);
  const places: Tensor[] = [];
  for (let y = 0; y < kh; y++) {
    for (let at = 0; at < kw; at++) {
      const end = [n, y + (h - 1) * stride + 1, at + (w - 1) * stride + 1, cIn];
      const shifted = tf.stridedSlice(x, [0, y, at, 0], end, [1, stride, stride, 1]);
      const columns = tf.transpose(tf.reshape(shifted, [n * h * w, cIn]));
      places.push(tf.matMul(columns, gradient));
    }
  }
  return tf.reshape(tf.concat(places, 0), [kh, kw, cIn, cOut]);
}

/**
 * Means of 2 × 2 neighbours. Their gradient is a transposed convolution with a quarter of the identity: not every
 * version of the wasm backend has one of its own.
 */
export function meanPool(tf: Tfjs, x: Tensor): Tensor {
  const shape = x.shape;
  return tf.customGrad<[Tensor]>((input) => ({
    value: tf.avgPool(input, 2, 2, "valid"),
    gradFunc: (dy) => tf.conv2dTranspose(dy, quarters(tf, shape[3]), shape, 2, "valid"),
  }))(x);
}

function quarters(tf: Tfjs, channels: number): Tensor {
  const size = channels * channels;
  const data = Float32Array.from({ length: 4 * size }, (_, at) =>
    (at % size) % (channels + 1) === 0 ? 0.25 : 0,
  );
  return tf.tensor(data, [2, 2, channels, channels]);
}

/** Pearson's correlation of two vectors; a little in the root keeps its slope finite where one is constant. */
export function correlation(tf: Tfjs, x: Tensor, y: Tensor): Tensor {
  const a = tf.sub(x, tf.mean(x));
  const b = tf.sub(y, tf.mean(y));
  const norms = tf.mul(tf.sum(tf.square(a)), tf.sum(tf.square(b)));
  return tf.div(tf.sum(tf.mul(a, b)), tf.sqrt(tf.add(norms, tf.scalar(1e-8))));
}

/** Mean of squared differences. */
export function squaredError(tf: Tfjs, x: Tensor, y: Tensor): Tensor {
  return tf.mean(tf.square(tf.sub(x, y)));
}
