export {
  compareFeatures,
  featureMethods,
  type CompareFeaturesOptions,
  type FeatureMethod,
} from "./compare-features.ts";
