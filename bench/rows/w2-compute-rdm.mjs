import { library } from "../data.mjs";
import { row as embedding } from "./w2-embedding-rdm.mjs";

const { computeRdm } = await library("rdm/index.js");

export const row = {
  ...embedding,
  name: "W2s",
  title: "the same by computeRdm, on the calling thread",
  threads: [1],
  targets: { 1: 2.5 },
  ours: ({ rows }) => computeRdm({ data: rows.data, shape: rows.shape }).condensed,
};
