import type { Command } from "commander";
import { jobsOption, numberOption } from "../option-values.ts";
import type { ActivationArguments } from "../work/activations.ts";

/** `tsrsa activations`: activations of images in layers of a network. */
export function register(program: Command): void {
  program
    .command("activations")
    .description(
      "activations of images in layers of an ONNX model, or their RDMs; without images, or with --list, the layers",
    )
    .argument("<model.onnx>", "the model; weights in a second file are found beside it")
    .argument("[images...]", "images, named by their files")
    .option("--list", "list the layers; needs no other package")
    .option(
      "--layers <names>",
      "stages, blocks, all, op:Relu, or names joined by commas, with * for any letters",
      "stages",
    )
    .option(
      "--prepare <name>",
      "how images become numbers: imagenet, clip, net2brain, tf, caffe, facenet",
    )
    .option("--size <pixels>", "pixels a side that the network takes", numberOption("--size"))
    .option(
      "--items <items.txt>",
      "names of the images, one a line, or FILE:COLUMN; default those of their files",
    )
    .option("--upright", "turn images as their EXIF tag says")
    .option(
      "--pool <name>",
      "maps (mean over places of maps), none, mean, max, token or patches",
      "maps",
    )
    .option("--project <n>", "sparse random projection to n features", numberOption("--project"))
    .option("--seed <n>", "seed of the projection", numberOption("--seed"), 0)
    .option("--rdm", "write RDMs, not patterns")
    .option("--metric <name>", "dissimilarity of patterns, with --rdm", "correlation")
    .option(
      "--out <file.npz>",
      "one array a layer; with --rdm also .h5, with names and all that is known",
    )
    .option("--cache <folder>", "keep rows there, so that only new images run")
    .option("--batch <n>", "images at once", numberOption("--batch"))
    .option("--jobs <n>", "number of threads; -1 for all cores but one", jobsOption, -1)
    .option("--json", "print for machines")
    .action(async (model: string, images: string[], options: ActivationArguments) => {
      const { runActivationsCommand } = await import("../work/activations.ts");
      await runActivationsCommand(model, images, options);
    });
}
