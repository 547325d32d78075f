import process from "node:process";
import type { Magic } from "./magic.ts";

export const env: Magic = {
  name: "env",
  summary: "show the environment (%env), one variable (%env NAME), or set one (%env NAME=value)",
  run: ({ text, body, print }) => {
    const [, name, value] = /^\s*([^\s=]*)\s*(?:[=\s]\s*(.*))?$/s.exec(text) ?? [];
    if (name === undefined || name === "")
      print(
        Object.keys(process.env)
          .sort()
          .map((key) => `${key}=${process.env[key] ?? ""}\n`)
          .join(""),
      );
    else if (value === undefined) print(`${process.env[name] ?? `${name} is not set`}\n`);
    else print(`env: ${name}=${(process.env[name] = value.trim())}\n`);
    return body();
  },
};
