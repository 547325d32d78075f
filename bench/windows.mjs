import { library } from "./data.mjs";

const { rank } = await library("stats/rank.js");

/** The products of sliding windows with vectors, by the name they have in the library that is measured. */
export function productsOfWindows(sliding) {
  const { windowProducts } = sliding;
  if (windowProducts === undefined)
    return sliding.slidingWindowProducts ?? sliding.slidingWindowScores;
  return async (data, series, models, job, engine) => {
    const [products, squaredNorms] = [[], []];
    const places = [Array.from({ length: series.nChannels }, (_, at) => at)];
    const add = (_, found, squaredNorm) => {
      products.push(...found);
      squaredNorms.push(squaredNorm);
    };
    await windowProducts(data, { ...series, places }, models, add, job, engine);
    return { products: Float64Array.from(products), squaredNorms };
  };
}

/** Models as sliding windows take them, also those of libraries before 0.2 (`score`, `centred`, `nPairs`). */
export function rankedAndCentred(models) {
  const centred = models.map((model) => {
    const mean = (model.length + 1) / 2;
    return rank(model).map((value) => value - mean);
  });
  const squaredNorms = Float64Array.from(centred, (v) => v.reduce((sum, x) => sum + x * x, 0));
  const now = { ranked: true, vectors: centred };
  return { ...now, score: "spearman", nPairs: models[0].length, centred, squaredNorms };
}
