import { asMatrix } from "../../src/io/npy/npy-array.ts";
import { writeNpy } from "../../src/io/npy/npy-bytes.ts";
import { readNpy } from "../../src/io/npy/parse-npy.ts";
import { computeRdm } from "../../src/rdm/compute-rdm.ts";
import { metricNames } from "../../src/rdm/metrics/index.ts";
import { checkOutput } from "../check-output.ts";
import { nameOption, numberOption } from "../option-values.ts";
import { refuseClosedOutput } from "../standard-output.ts";

/** Compute an RDM, and write or print its condensed vector. */
export async function runRdm(
  features: string,
  options: { metric: string; p?: string; out?: string; json?: true },
): Promise<void> {
  const metric = nameOption("--metric", metricNames)(options.metric);
  const p = options.p === undefined ? undefined : numberOption("--p")(options.p);
  if (options.out === undefined) refuseClosedOutput();
  else await checkOutput(options.out, [features, options]);
  const rdm = computeRdm(asMatrix(await readNpy(features)), { metric, p });
  if (options.out !== undefined)
    await writeNpy(options.out, { data: rdm.condensed, shape: [rdm.condensed.length] });
  if (options.json === true)
    console.log(
      JSON.stringify({
        metric,
        nItems: rdm.nItems,
        out: options.out,
        ...(options.out === undefined ? { dissimilarities: Array.from(rdm.condensed) } : {}),
      }),
    );
  else if (options.out === undefined) console.log(Array.from(rdm.condensed).join("\n"));
  else
    console.log(
      `${options.out}: ${rdm.condensed.length} dissimilarities of ${rdm.nItems} items (${metric})`,
    );
}
