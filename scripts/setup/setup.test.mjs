import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { readAddress } from "./address.mjs";
import { addCounts, countPlaywright, countVitest, exitCodeOf, formatCounts, readCounts } from "./counts.mjs";
import { isSameInstall } from "./dependencies.mjs";
import { buildFingerprint, sourceFingerprint } from "./fingerprint.mjs";
import { withLock } from "./lock-dir.mjs";
import { findLockProblems } from "./lockcheck.mjs";
import { isModern } from "./node-runtime.mjs";
import { explain } from "./npm.mjs";
import { root } from "./paths.mjs";

const scratch = mkdtempSync(path.join(os.tmpdir(), "touchstone-setup-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("Node 22.19 and newer runs the app, anything older is replaced", () => {
  expect(["22.19.0", "22.20.1", "v24.21.0", "26.0.0"].every(isModern)).toBe(true);
  expect(["18.20.0", "20.20.2", "22.18.9", "21.9.0"].some(isModern)).toBe(false);
});

describe("readAddress", () => {
  test("listens on the loopback address unless told otherwise", () => {
    expect(readAddress({})).toEqual({
      host: "127.0.0.1",
      port: "3000",
      dataDir: path.join(root, "data"),
      args: ["-H", "127.0.0.1", "-p", "3000"],
      env: {},
    });
    const own = readAddress({ HOST: "0.0.0.0", PORT: "8080", TOUCHSTONE_DATA_DIR: scratch });
    expect(own).toMatchObject({ host: "0.0.0.0", port: "8080", dataDir: scratch });
  });

  test("takes what Make reachable saved, unless the environment says otherwise", () => {
    const data = path.join(scratch, "reachable");
    mkdirSync(data, { recursive: true });
    const saved = {
      HOST: "0.0.0.0",
      TOUCHSTONE_URL: "http://10.0.0.5:3000",
      TOUCHSTONE_ALLOW_HOSTS: "localhost",
    };
    writeFileSync(path.join(data, "address.json"), JSON.stringify(saved));
    expect(readAddress({ TOUCHSTONE_DATA_DIR: data })).toMatchObject({
      host: "0.0.0.0",
      env: { TOUCHSTONE_URL: "http://10.0.0.5:3000", TOUCHSTONE_ALLOW_HOSTS: "localhost" },
    });
    expect(readAddress({ TOUCHSTONE_DATA_DIR: data, HOST: "127.0.0.1" })).toMatchObject({
      host: "127.0.0.1",
      env: {},
    });
    writeFileSync(path.join(data, "address.json"), "{");
    expect(() => readAddress({ TOUCHSTONE_DATA_DIR: data })).toThrow("Remove it");
  });

  test("says what is wrong with a port", () => {
    for (const PORT of ["http", "70000", "-1"])
      expect(() => readAddress({ PORT })).toThrow(`PORT is "${PORT}"`);
  });
});

describe("npm in words", () => {
  const result = { status: 1, signal: null };

  test("tells a registry out of reach from other failures", () => {
    const message = explain("npm error code ENOTFOUND", "its dependencies", result);
    expect(message).toContain("the npm registry cannot be reached");
    expect(explain("npm error code EACCES", "its dependencies", result)).toContain("ended with code 1");
  });
});

describe("isSameInstall", () => {
  const wanted = {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b": { version: "2.0.0", optional: true },
  };

  test("a package for another platform may be absent", () => {
    expect(isSameInstall(wanted, { "node_modules/a": { version: "1.0.0" } })).toBe(true);
  });

  test("a missing, other or extra package is another install", () => {
    expect(isSameInstall(wanted, {})).toBe(false);
    expect(isSameInstall(wanted, { "node_modules/a": { version: "1.0.1" } })).toBe(false);
    expect(isSameInstall(wanted, { "node_modules/a": { version: "1.0.0" }, "node_modules/c": {} })).toBe(
      false,
    );
  });
});

describe("findLockProblems", () => {
  test("finds a platform package that the lock forgot, as Node would look it up", () => {
    const packages = {
      "": {},
      "node_modules/a": { optionalDependencies: { "a-linux": "1", "a-darwin": "1" } },
      "node_modules/a/node_modules/a-linux": {},
      "node_modules/b": { optionalDependencies: { shared: "1" } },
      "node_modules/shared": {},
    };
    expect(findLockProblems(packages)).toEqual(["node_modules/a needs a-darwin, which the lock lacks"]);
  });

  test("finds a package bound to one registry", () => {
    const packages = { "node_modules/a": { resolved: "https://registry.example/a.tgz" } };
    expect(findLockProblems(packages)).toEqual(["node_modules/a is bound to registry.example"]);
  });
});

describe("counts", () => {
  const vitest = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [],
  };

  test("are summed over the runners", () => {
    const playwright = countPlaywright({ stats: { expected: 3, flaky: 1, unexpected: 0, skipped: 2 } }, 0);
    const total = addCounts(countVitest(vitest, 1), playwright);
    expect(formatCounts(total)).toBe("9 passed, 1 failed, 5 skipped");
    expect(exitCodeOf(total)).toBe(1);
  });

  test("a test file that does not load is a failure", () => {
    const testResults = [{ status: "failed", assertionResults: [] }];
    expect(countVitest({ ...vitest, numFailedTests: 0, testResults }, 1).failed).toBe(1);
  });

  test("a runner that failed without a failed test, or died without a report, is a failure", () => {
    expect(countVitest({ ...vitest, numFailedTests: 0 }, 1).failed).toBe(1);
    expect(countPlaywright({ stats: { expected: 3, flaky: 0, unexpected: 0, skipped: 0 } }, 130).failed).toBe(
      1,
    );
    expect(readCounts(path.join(scratch, "nothing.json"), countVitest, 0).failed).toBe(1);
  });

  test("no test executed is a failure", () => {
    expect(exitCodeOf({ passed: 0, failed: 0, skipped: 4 })).toBe(1);
    expect(exitCodeOf({ passed: 1, failed: 0, skipped: 0 })).toBe(0);
  });
});

describe("fingerprints", () => {
  const project = path.join(scratch, "project");
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  };

  test("the build depends on what is built, the check on every source", () => {
    write("lib/util/rng.ts", "one");
    write("package-lock.json", "{}");
    const build = buildFingerprint(project);
    const sources = sourceFingerprint(project);
    write("lib/util/rng.test.ts", "a test");
    write("e2e/story.spec.ts", "a story");
    expect(buildFingerprint(project)).toBe(build);
    expect(sourceFingerprint(project)).not.toBe(sources);
    write("lib/util/rng.ts", "two");
    const changed = buildFingerprint(project);
    expect(changed).not.toBe(build);
    write("package-lock.json", '{"v":2}');
    expect(buildFingerprint(project)).not.toBe(changed);
  });

  test("what running the app leaves behind changes nothing", () => {
    const before = sourceFingerprint(project);
    write("data/app.db", "rows");
    write(".next/BUILD_ID", "x");
    write("test-results/trace.zip", "x");
    expect(sourceFingerprint(project)).toBe(before);
  });
});

describe("withLock", () => {
  test("a lock of a process that died is taken over", () => {
    const lock = path.join(scratch, "dead");
    mkdirSync(lock);
    writeFileSync(path.join(lock, "owner"), `999999999 ${os.hostname()}`);
    expect(withLock(lock, "testing", () => "done")).toBe("done");
  });

  test("a lock that was never signed is taken over once it is old", () => {
    const lock = path.join(scratch, "unsigned");
    mkdirSync(lock);
    utimesSync(lock, 1_000_000, 1_000_000);
    expect(withLock(lock, "testing", () => "done")).toBe("done");
  });

  test("the lock is given back when the work throws", () => {
    const lock = path.join(scratch, "throwing");
    const work = () => {
      throw new Error("broken");
    };
    expect(() => withLock(lock, "testing", work)).toThrow("broken");
    expect(withLock(lock, "testing", () => 1)).toBe(1);
  });

  test("of several processes each has the lock alone", async () => {
    const log = path.join(scratch, "log");
    const lock = path.join(scratch, "shared");
    const module = pathToFileURL(path.join(root, "scripts/setup/lock-dir.mjs")).href;
    const code = `
      import { appendFileSync } from "node:fs";
      import { withLock } from ${JSON.stringify(module)};
      for (let round = 0; round < 3; round++) withLock(${JSON.stringify(lock)}, "testing", () => {
        appendFileSync(${JSON.stringify(log)}, "in\\n");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        appendFileSync(${JSON.stringify(log)}, "out\\n");
      });`;
    const children = Array.from({ length: 4 }, () => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "ignore" });
      return new Promise((resolve) => child.on("exit", resolve));
    });
    expect(await Promise.all(children)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(log, "utf8")).toBe("in\nout\n".repeat(12));
  });
});
