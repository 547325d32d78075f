import type { DataSet } from "../data-set.ts";

const address =
  "https://huggingface.co/Xenova/clip-vit-base-patch32/resolve/main/onnx/vision_model.onnx";

/**
 * The visual part of CLIP ViT-B/32 as an ONNX model. Nobody has published its checksum where we could read it: the one
 * of the first download is kept, and later downloads must agree.
 */
export const clipVitB32: DataSet = {
  name: "clip-vit-b32",
  title: "CLIP ViT-B/32, visual part, as an ONNX model (352 MB)",
  licence: "weights by OpenAI (MIT); none declared for the conversion",
  citation: "Radford, A. et al. (2021). Learning transferable visual models. arXiv:2103.00020",
  usedBy: "notebooks/05-image-pairs, when there are no embeddings yet",
  expects: ["vision_model.onnx"],
  files: [{ path: "vision_model.onnx", url: address }],
  instructions: `download ${address} into a folder and pass that folder`,
  demoVersion: 1,
};
