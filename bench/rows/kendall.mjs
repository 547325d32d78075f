import { library, normal } from "../data.mjs";

const n = 101_025;
const { kendallTauA } = await library("compute/kendall-tau.js");

export const row = {
  name: "kendall",
  title: "Kendall tau-a of 101,025 pairs",
  baseline: "MNE-RSA's _kendall_tau_a",
  targets: { 1: 6, 2: 8 },
  tolerance: 1e-12,
  make: () => ({ x: { data: normal(n, 6), shape: [n] }, y: { data: normal(n, 7), shape: [n] } }),
  ours: ({ x, y }, jobs, engine) => kendallTauA([x.data], [y.data], { jobs }, engine),
  python: `
from mne_rsa.rsa import _kendall_tau_a
def run(arrays):
    return [_kendall_tau_a(arrays["x"], arrays["y"])]
`,
};
