// A process that answers each line it is given by one line of JSON.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Started and ready: its first line, which it says unasked, is `hello`. */
export async function talkTo(command, args, { name, env = {}, first }) {
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended; see its message above`);
    return JSON.parse(value);
  };
  if (first !== undefined) child.stdin.write(`${first}\n`);
  const hello = await next();
  return {
    hello,
    ask(line) {
      child.stdin.write(`${line}\n`);
      return next();
    },
    close: () => child.stdin.end(),
  };
}
