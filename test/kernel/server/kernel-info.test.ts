import { expect, test } from "vitest";
import { kernelInfo } from "../../../kernel/server/kernel-info.ts";

test("The mode of the editor is text, which every front end can read", () => {
  expect(kernelInfo("0.0.0")).toMatchObject({
    language_info: { name: "typescript", codemirror_mode: "typescript" },
  });
});
