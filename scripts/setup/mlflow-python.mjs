import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { withLock } from "./lock-dir.mjs";
import { say, secondsSince } from "./say.mjs";

const WANTED = "3.18";
/** For pip altogether: beyond, the tests are skipped rather than the whole check held up. */
const TIME_LIMIT_MS = 240_000;
const isWindows = process.platform === "win32";

/** Outside the checkout, so that a fresh clone finds it again. */
const home = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"),
  "touchstone",
  `mlflow-${WANTED}`,
);
const readyFile = path.join(home, "touchstone-ready");
const python = path.join(home, isWindows ? "Scripts/python.exe" : "bin/python");

/**
 * A Python with MLflow 3.18 or newer in a virtual environment of its own, made once.
 * @returns {{ python: string, version: string } | { skipped: string }} or why there is none here
 */
export function ensureMlflow() {
  return withLock(`${home}.lock`, "installing MLflow", () => {
    if (existsSync(readyFile) && existsSync(python))
      return { python, version: readFileSync(readyFile, "utf8") };
    const system = ["python3", "python"].find((name) => isNewEnough(name));
    if (!system) return { skipped: "there is no Python 3.10 or newer" };
    const deadline = Date.now() + TIME_LIMIT_MS;
    const startMs = Date.now();
    say("Installing MLflow for its tests, once …");
    rmSync(home, { recursive: true, force: true });
    mkdirSync(path.dirname(home), { recursive: true });
    if (!run(system, ["-m", "venv", home], deadline))
      return { skipped: "Python cannot make a virtual environment" };
    const problem = install(deadline);
    if (problem) return { skipped: problem };
    const version = versionOf();
    if (!version) return { skipped: "MLflow was installed and does not start" };
    writeFileSync(readyFile, version);
    say(`MLflow ${version} is there (${secondsSince(startMs)}).`);
    return { python, version };
  });
}

/** @returns why it cannot be installed, or null */
function install(deadline) {
  if (pip([`mlflow>=${WANTED}`], deadline)) return null;
  // An index may have the package and not yet the parts of the same version: then those of the version before do.
  if (pip(["mlflow"], deadline) && pip(["--upgrade", "--no-deps", `mlflow>=${WANTED}`], deadline)) {
    say(
      `The index has not all parts of MLflow ${WANTED}: its own code runs on the parts of the version before.`,
    );
    return null;
  }
  return Date.now() > deadline
    ? `pip did not get MLflow within ${TIME_LIMIT_MS / 60_000} minutes`
    : `pip cannot get MLflow ${WANTED} here`;
}

function pip(args, deadline) {
  return run(python, ["-m", "pip", "install", "-q", "--disable-pip-version-check", ...args], deadline);
}

function run(command, args, deadline) {
  const timeout = Math.max(1, deadline - Date.now());
  return spawnSync(command, args, { stdio: "ignore", timeout, killSignal: "SIGKILL" }).status === 0;
}

function isNewEnough(name) {
  return spawnSync(name, ["-c", "import sys, venv; sys.exit(sys.version_info < (3, 10))"]).status === 0;
}

function versionOf() {
  const script =
    "import warnings; warnings.simplefilter('ignore'); import mlflow.genai; print(mlflow.__version__)";
  const { status, stdout } = spawnSync(python, ["-c", script], { encoding: "utf8", timeout: 120_000 });
  return status === 0 ? stdout.trim() : null;
}
