import { library } from "../data.mjs";
import { row as pixels } from "./w1-pixel-rdm.mjs";

const { computeRdm } = await library("rdm/index.js");

export const row = {
  ...pixels,
  name: "W1s",
  title: "the same by computeRdm, on the calling thread",
  threads: [1],
  targets: { 1: 5 },
  ours: ({ rows }) => computeRdm({ data: rows.data, shape: rows.shape }).condensed,
};
