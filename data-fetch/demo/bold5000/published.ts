/** Layers of ResNet-50, from the first to the last. */
export const layers = ["conv1", "layer1", "layer2", "layer3", "layer4"] as const;

/**
 * How well each layer's RDM correlates with each region's, over subjects: read off the joint heat map of the study that
 * compared BOLD5000 with ResNet-50 (its README). Rows are regions, columns the layers above.
 */
export const published: Readonly<Record<string, readonly number[]>> = {
  LHEarlyVis: [0.021, 0.04, 0.05, 0.067, 0.05],
  LHLOC: [0.02, 0.025, 0.03, 0.058, 0.044],
  LHOPA: [0.012, 0.019, 0.022, 0.041, 0.03],
  LHPPA: [0.02, 0.024, 0.029, 0.053, 0.035],
  LHRSC: [0.007, 0.01, 0.011, 0.018, 0.012],
  RHEarlyVis: [0.031, 0.051, 0.06, 0.072, 0.054],
  RHLOC: [0.025, 0.034, 0.04, 0.079, 0.061],
  RHOPA: [0.023, 0.028, 0.034, 0.065, 0.049],
  RHPPA: [0.028, 0.033, 0.038, 0.066, 0.045],
  RHRSC: [0.017, 0.024, 0.028, 0.051, 0.037],
};
