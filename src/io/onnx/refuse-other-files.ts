import { FileFormatError } from "../../core/errors.ts";
import { latin1Text } from "../../core/latin1.ts";

/** Throws `FileFormatError` for what is taken for a model most often and is none, saying which. */
export function refuseOtherFiles(bytes: Uint8Array, file: string): void {
  const say = (found: string, advice: string): never => {
    throw new FileFormatError(file, "content", "an ONNX model", found, { advice });
  };
  if (bytes.length === 0) say("an empty file", "fetch or export the model again");
  const start = latin1Text(bytes.subarray(0, 512));
  if (start.startsWith("version https://git-lfs"))
    say("a pointer of Git LFS, not the file itself", "fetch the file with: git lfs pull");
  if (/^\s*<(!doctype|html|\?xml)/i.test(start))
    say("a web page", "the address answered with a page: download the file itself");
  if (start.startsWith("PK\u0003\u0004"))
    say("a zip archive, as PyTorch saves weights in", "export the model: torch.onnx.export");
  if (start.startsWith("\u0089HDF")) say("an HDF5 file", "convert the model with tf2onnx first");
  if (start.startsWith("\u0080\u0002") || start.startsWith("\u0080\u0004"))
    say("a Python pickle", "export the model: torch.onnx.export");
  if (isText(start)) say("text", "give the .onnx file");
}

/** No ONNX model is text throughout: its first bytes are a tag and a version number below 32. */
function isText(start: string): boolean {
  return /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(start);
}
