import { spawn } from "node:child_process";

const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens an address in the user's browser, where there is one; the address is printed anyway. */
export function openBrowser(address: string): void {
  const { platform, env } = process;
  const hasScreen =
    platform === "darwin" || platform === "win32" || "DISPLAY" in env || "WAYLAND_DISPLAY" in env;
  if (!hasScreen || "SSH_CONNECTION" in env) return;
  const [command, ...options] = openers[platform] ?? ["xdg-open"];
  const child = spawn(command, [...options, address], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
