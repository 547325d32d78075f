import type { Command } from "commander";
import { register as registerActivations } from "./activations.ts";
import { register as registerBids } from "./bids.ts";
import { register as registerBlocks } from "./blocks.ts";
import { register as registerData } from "./data.ts";
import { register as registerDoctor } from "./doctor.ts";
import { register as registerEncode } from "./encode.ts";
import { register as registerFigure } from "./figure.ts";
import { register as registerGlm } from "./glm.ts";
import { register as registerKernel } from "./kernel.ts";
import { register as registerLab } from "./lab.ts";
import { register as registerNb } from "./nb.ts";
import { register as registerNew } from "./new.ts";
import { register as registerPlot } from "./plot.ts";
import { register as registerPower } from "./power.ts";
import { register as registerProtocol } from "./protocol.ts";
import { register as registerRdm } from "./rdm.ts";
import { register as registerReport } from "./report.ts";
import { register as registerRsaAtlas } from "./rsa-atlas.ts";
import { register as registerRsaEpochs } from "./rsa-epochs.ts";
import { register as registerRsaNifti } from "./rsa-nifti.ts";
import { register as registerRsaStcs } from "./rsa-stcs.ts";
import { register as registerRsaSurface } from "./rsa-surface.ts";
import { register as registerRsa } from "./rsa.ts";
import { register as registerRun } from "./run.ts";
import { register as registerSite } from "./site.ts";
import { register as registerWatch } from "./watch.ts";

/** Adds every command. A command's file holds its options only; the work is imported when it runs. */
export async function registerCommands(program: Command): Promise<void> {
  const registers = [
    registerRun,
    registerProtocol,
    registerReport,
    registerWatch,
    registerNew,
    registerPlot,
    registerLab,
    registerSite,
    registerNb,
    registerKernel,
    registerData,
    registerRdm,
    registerRsa,
    registerRsaEpochs,
    registerRsaNifti,
    registerRsaAtlas,
    registerRsaStcs,
    registerRsaSurface,
    registerPower,
    registerBids,
    registerGlm,
    registerEncode,
    registerActivations,
    registerBlocks,
    registerFigure,
    registerDoctor,
  ];
  for (const register of registers) register(program);
}
