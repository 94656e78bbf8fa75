import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { root } from "./paths.mjs";
import { say } from "./say.mjs";

/** Whether this machine's packages may be installed: Debian or one of its kin, as root. */
export function canUseApt() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Runs a command; its output is shown only when it fails. */
export function quietly(command, args, env) {
  const result = spawnSync(command, args, {
    cwd: root,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (result.status === 0) return true;
  say(`${result.stdout ?? ""}${result.stderr ?? ""}`.trim() || `${command} failed: ${result.error?.message}`);
  return false;
}
