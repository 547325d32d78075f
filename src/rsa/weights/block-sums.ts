/** Sums over pairs from which least squares of any union of blocks follow. */
export interface BlockSums {
  readonly count: Float64Array;
  /** Blocks × models. */
  readonly models: Float64Array;
  /** Blocks × models × models. */
  readonly products: Float64Array;
}

/** Sums of one data RDM. */
export interface DataSums {
  readonly data: Float64Array;
  /** Blocks × models. */
  readonly products: Float64Array;
}

/** Which block each pair is in; those of −1 are left out. */
export interface Blocks {
  readonly blockOf: Int32Array;
  readonly nBlocks: number;
}

/** Sums of the models over the pairs of each block. */
export function modelSums(
  models: readonly Float64Array[],
  { blockOf, nBlocks }: Blocks,
): BlockSums {
  const k = models.length;
  const sums = {
    count: new Float64Array(nBlocks),
    models: new Float64Array(nBlocks * k),
    products: new Float64Array(nBlocks * k * k),
  };
  for (let pair = 0; pair < blockOf.length; pair++) {
    const block = blockOf[pair];
    if (block < 0) continue;
    sums.count[block]++;
    for (let m = 0; m < k; m++) {
      const value = models[m][pair];
      sums.models[block * k + m] += value;
      for (let other = 0; other <= m; other++)
        sums.products[(block * k + m) * k + other] += value * models[other][pair];
    }
  }
  return sums;
}

/** Sums of data with the models over the pairs of each block: one pass over the pairs. */
export function dataSums(
  data: Float64Array,
  models: readonly Float64Array[],
  { blockOf, nBlocks }: Blocks,
): DataSums {
  const k = models.length;
  const sums = { data: new Float64Array(nBlocks), products: new Float64Array(nBlocks * k) };
  for (let pair = 0; pair < blockOf.length; pair++) {
    const block = blockOf[pair];
    if (block < 0) continue;
    const value = data[pair];
    sums.data[block] += value;
    for (let m = 0; m < k; m++) sums.products[block * k + m] += value * models[m][pair];
  }
  return sums;
}

/** Products of models with each other and with data, over some blocks. */
export interface Products {
  readonly count: number;
  /** Models × models, C order. */
  readonly gram: Float64Array;
  readonly products: Float64Array;
}

/** The products over some blocks; with an intercept those of what is left when the means are taken off. */
export function productsOver(
  blocks: readonly number[],
  sums: BlockSums,
  data: DataSums,
  intercept: boolean,
): Products {
  const k = sums.models.length / sums.count.length;
  const gram = new Float64Array(k * k);
  const products = new Float64Array(k);
  const [ofModels, total] = [new Float64Array(k), { count: 0, data: 0 }];
  for (const block of blocks) {
    total.count += sums.count[block];
    total.data += data.data[block];
    for (let m = 0; m < k; m++) {
      ofModels[m] += sums.models[block * k + m];
      products[m] += data.products[block * k + m];
      for (let other = 0; other <= m; other++)
        gram[m * k + other] += sums.products[(block * k + m) * k + other];
    }
  }
  const share = intercept ? 1 / total.count : 0;
  for (let m = 0; m < k; m++) {
    products[m] -= share * ofModels[m] * total.data;
    for (let other = 0; other <= m; other++) {
      gram[m * k + other] -= share * ofModels[m] * ofModels[other];
      gram[other * k + m] = gram[m * k + other];
    }
  }
  return { count: total.count, gram, products };
}
