import type { Json } from "../json.ts";
import { isObject, wordsOf } from "../json.ts";
import type { Output } from "./cell.ts";

/** The outputs of one cell with what a message added to them; `toClear` says that the next output comes instead of them. */
export interface Shown {
  readonly outputs: readonly Output[];
  readonly toClear: boolean;
}

/** Takes a published message of a cell into its outputs; the same object when it changes nothing. */
export function published(shown: Shown, type: string, content: Json): Shown {
  if (type === "clear_output")
    return content.wait === true ? { ...shown, toClear: true } : { outputs: [], toClear: false };
  const output = outputOf(type, content);
  if (output === undefined) return shown;
  return { outputs: added(shown.toClear ? [] : shown.outputs, output), toClear: false };
}

function outputOf(type: string, content: Json): Output | undefined {
  switch (type) {
    case "stream": {
      const name = content.name === "stderr" ? "stderr" : "stdout";
      return { output_type: "stream", name, text: wordsOf(content.text) };
    }
    case "display_data":
    case "execute_result": {
      const count = content.execution_count;
      const id = isObject(content.transient) ? content.transient.display_id : undefined;
      return {
        output_type: type,
        data: isObject(content.data) ? content.data : {},
        metadata: isObject(content.metadata) ? content.metadata : {},
        ...(type === "execute_result"
          ? { execution_count: typeof count === "number" ? count : null }
          : {}),
        ...(typeof id === "string" ? { display_id: id } : {}),
      };
    }
    case "error": {
      const { ename, evalue, traceback } = content;
      const lines = Array.isArray(traceback) ? traceback.map(String) : [];
      return {
        output_type: "error",
        ename: wordsOf(ename),
        evalue: wordsOf(evalue),
        traceback: lines,
      };
    }
    default:
      return undefined;
  }
}

/** Text goes on where the text of the same stream ended. */
function added(outputs: readonly Output[], output: Output): readonly Output[] {
  const last = outputs.at(-1);
  if (output.output_type !== "stream" || last?.output_type !== "stream")
    return [...outputs, output];
  if (last.name !== output.name) return [...outputs, output];
  return [...outputs.slice(0, -1), { ...last, text: overwritten(last.text + output.text) }];
}

/** A carriage return goes back to the start of its line, as progress bars do; what it wrote over is not kept. */
export function overwritten(text: string): string {
  return text.includes("\r") ? text.replace(/^[^\n]*\r(?!\n)(?=[^\r\n])/gm, "") : text;
}

/** The outputs with every one named `id` replaced; undefined when none is. */
export function updated(
  outputs: readonly Output[],
  id: string,
  { data, metadata }: Json,
): readonly Output[] | undefined {
  const isNamed = (output: Output): boolean => "display_id" in output && output.display_id === id;
  if (!outputs.some(isNamed)) return undefined;
  const form = {
    data: isObject(data) ? data : {},
    metadata: isObject(metadata) ? metadata : {},
  };
  return outputs.map((output) =>
    isNamed(output) && output.output_type !== "stream" && output.output_type !== "error"
      ? { ...output, ...form }
      : output,
  );
}
