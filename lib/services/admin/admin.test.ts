import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DatabaseLockedError } from "@/db/lock";
import { type Container, createContainer } from "../container";
import { type Env, readEnv } from "../env";
import { listUsers, makeSetupLink, setPasswordOf } from "./accounts";
import { backUp, formatBytes } from "./backup";
import { restore } from "./restore";

const jo = { name: "Jo", email: "jo@example.test", password: "correct horse battery" };
let folder = "";
let env: Env;
let running: Container | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "touchstone-admin-"));
  env = readEnv({
    TOUCHSTONE_DATA_DIR: path.join(folder, "data"),
    TOUCHSTONE_LOG_LEVEL: "silent",
    PORT: "3999",
  });
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(): Container {
  running = createContainer({ env });
  return running;
}

async function stop(): Promise<void> {
  await running?.close();
  running = null;
}

const inFolder = (name: string): string => path.join(folder, name);
const headers = new Headers({ host: "localhost:3999" });

async function setUp({ services }: Container): Promise<{ cookie: string }> {
  const token = services.auth.issueSetupToken();
  if (token === null) throw new Error("it is set up already");
  const { cookies } = await services.auth.completeSetup({ token, ...jo }, headers);
  return {
    cookie: cookies
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; "),
  };
}

async function signInStatus({ services }: Container, password: string): Promise<number> {
  const request = new Request("http://localhost:3999/api/auth/sign-in/email", {
    method: "POST",
    headers: { host: "localhost:3999", origin: "http://localhost:3999", "content-type": "application/json" },
    body: JSON.stringify({ email: jo.email, password }),
  });
  return (await services.auth.handle(request)).status;
}

describe("accounts, by the operator", () => {
  it("list-users reads beside a running server; what writes is told who holds the data", async () => {
    await setUp(start());
    expect(listUsers(env).map(({ email, isServerAdmin }) => [email, isServerAdmin])).toEqual([
      [jo.email, true],
    ]);
    await expect(makeSetupLink(env)).rejects.toThrow(DatabaseLockedError);
    await expect(setPasswordOf(env, jo)).rejects.toThrow("in use by process");
  });

  it("setup-link gives a link that works once, until somebody administers the server", async () => {
    const link = new URL(await makeSetupLink(env));
    expect([link.origin, link.pathname]).toEqual(["http://localhost:3999", "/setup"]);
    const { services } = start();
    await services.auth.completeSetup({ token: link.searchParams.get("token") ?? "", ...jo }, headers);
    await stop();
    await expect(makeSetupLink(env)).rejects.toMatchObject({ code: "setup-done" });
  });

  it("set-password: the new one signs in, the old one and open sessions do not, and the act is on record", async () => {
    const { cookie } = await setUp(start());
    await stop();
    expect(await setPasswordOf(env, { email: jo.email, password: "a brand new one" })).toBe("Jo");
    const container = start();
    expect(await container.services.auth.actorOf(new Headers({ host: "localhost:3999", cookie }))).toBeNull();
    expect(await signInStatus(container, jo.password)).toBe(401);
    expect(await signInStatus(container, "a brand new one")).toBe(200);
    const [act] = container.deps.repos.audit.list(null, { limit: 1 });
    expect(act).toMatchObject({ action: "password-set", actorName: "operator" });
    expect(JSON.stringify(act)).not.toContain("brand new");
  });

  it("set-password gives a first password to an account that had none; an unknown address changes nothing", async () => {
    const { repos } = start().deps;
    repos.users.insert({ id: "usr_jo", name: "Jo", email: jo.email, isServerAdmin: true, at: 1 });
    await stop();
    await setPasswordOf(env, jo);
    await expect(setPasswordOf(env, { ...jo, email: "x@example.test" })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await signInStatus(start(), jo.password)).toBe(200);
  });

  it("a mistyped data folder is said, not made", async () => {
    await expect(setPasswordOf(env, jo)).rejects.toThrow("There is no database in");
    expect(() => listUsers(env)).toThrow("TOUCHSTONE_DATA_DIR");
    expect(existsSync(env.TOUCHSTONE_DATA_DIR)).toBe(false);
  });
});

describe("backup and restore", () => {
  /** A sealed key, and a job under way. */
  function fill({ deps: { repos, secrets } }: Container): void {
    const base = {
      maxConcurrency: 4,
      timeoutMs: 1_000,
      fromEnvironment: false,
      prices: {},
      createdBy: "system",
    };
    const place = { id: "con_a", name: "a", kind: "real", baseUrl: "https://a.example/v1" } as const;
    repos.connections.insert({
      ...base,
      ...place,
      sealedKey: secrets.seal("sk-secret"),
      sealedHeaders: null,
      createdAt: 1,
    });
    const job = {
      id: "job_a",
      kind: "import",
      projectId: null,
      subjectId: "imp_a",
      caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
      total: 3,
    } as const;
    repos.jobs.enqueue({ ...job, actorId: "system", at: 1 });
  }

  it("round trip: taken while the server runs, put back elsewhere, keys readable, jobs parked with the reason", async () => {
    fill(start());
    const report = await backUp(env, inFolder("kept/today.db"));
    expect(report).toMatchObject({ file: inFolder("kept/today.db"), keyFile: inFolder("kept/today.db.key") });
    expect([report.file, report.keyFile ?? ""].map((file) => statSync(file).mode & 0o777)).toEqual([
      0o600, 0o600,
    ]);
    await stop();

    env = readEnv({ TOUCHSTONE_DATA_DIR: inFolder("elsewhere"), TOUCHSTONE_LOG_LEVEL: "silent" });
    expect(restore(env, report.file, { withoutKey: false })).toMatchObject({ keptIn: null, parkedJobs: 1 });
    const { repos, secrets } = start().deps;
    expect(secrets.open(repos.connections.byId("con_a")?.sealedKey ?? "")).toBe("sk-secret");
    expect(repos.jobs.byId("job_a")).toMatchObject({
      state: "paused",
      cause: expect.stringContaining("press Resume"),
    });
    expect(repos.audit.list(null, { limit: 1 })[0]).toMatchObject({
      action: "database-restored",
      actorName: "operator",
    });
  });

  it("what was there before is kept, not overwritten", async () => {
    fill(start());
    const { file } = await backUp(env, inFolder("today.db"));
    running?.deps.repos.users.insert({
      id: "usr_late",
      name: "Late",
      email: "late@x.test",
      isServerAdmin: false,
      at: 2,
    });
    await stop();
    const { keptIn } = restore(env, file, { withoutKey: false });
    expect(listUsers(env)).toEqual([]);
    expect(readdirSync(keptIn ?? "").sort()).toEqual(["secret.key", "touchstone.db"]);
    const old = new Sqlite(path.join(keptIn ?? "", "touchstone.db"), { readonly: true });
    expect(old.prepare("select name from user").pluck().all()).toEqual(["Late"]);
    old.close();
  });

  it("a record whose text was erased since the copy loses it again; words have to be erased by hand", async () => {
    const { services, deps } = start();
    const person = { id: "usr_a", name: "Ada", email: "ada@x.test", isServerAdmin: true };
    deps.repos.users.insert({ ...person, at: 1 });
    const ada = { kind: "user", userId: "usr_a", name: "Ada", isServerAdmin: true, roles: {} } as const;
    const projectId = services.projects.create(ada, { name: "P", startingPrompt: "" }).id;
    const add = (words: string) =>
      services.records.create(ada, projectId, {
        inputs: { v: 1, messages: [{ role: "user", content: words }], fields: {} },
        expectations: { v: 1, expected_response: "", facts: [], mustNever: [] },
        tags: [],
        critical: false,
      });
    const record = add("What about Quentin Zypher?");
    add("What about Jane Nobody?");
    const { file } = await backUp(env, inFolder("today.db"));
    for (const target of [
      { kind: "record", recordId: record.id },
      { kind: "words", words: "Jane Nobody" },
    ] as const) {
      const { token } = services.erasure.preview(ada, projectId, target);
      await services.erasure.erase(ada, projectId, { target, token });
    }
    await stop();
    expect(restore(env, file, { withoutKey: false }).erasedAgain).toEqual({
      records: 1,
      wordActs: 1,
      isUnknown: false,
    });
    const bytes = readFileSync(path.join(env.TOUCHSTONE_DATA_DIR, "touchstone.db"));
    expect([bytes.includes("Quentin Zypher"), bytes.includes("Jane Nobody")]).toEqual([false, true]);
    const again = start().services;
    expect(again.erasure.list(ada, projectId)).toEqual([
      expect.objectContaining({ recordId: record.id, compactedAt: expect.any(Number) }),
    ]);
  });

  it("a damaged database is no hindrance: it says that it does not know what was erased in it", async () => {
    fill(start());
    const { file } = await backUp(env, inFolder("today.db"));
    await stop();
    writeFileSync(path.join(env.TOUCHSTONE_DATA_DIR, "touchstone.db"), "no database at all ".repeat(400));
    expect(restore(env, file, { withoutKey: false }).erasedAgain.isUnknown).toBe(true);
  });

  it("refuses, and changes nothing: a running server, a missing key, a damaged file, newer data, a taken name", async () => {
    fill(start());
    const { file } = await backUp(env, inFolder("today.db"));
    await expect(backUp(env, file)).rejects.toMatchObject({ code: "conflict" });
    expect(() => restore(env, file, { withoutKey: false })).toThrow(DatabaseLockedError);
    await stop();
    const before = readFileSync(inFolder("data/touchstone.db"));

    rmSync(`${file}.key`);
    expect(() => restore(env, file, { withoutKey: false })).toThrow("There is no key");
    const newer = new Sqlite(file);
    newer.exec("update __drizzle_migrations set created_at = created_at + 1e12");
    newer.close();
    expect(() => restore(env, file, { withoutKey: true })).toThrow("made by a newer version");
    writeFileSync(file, "no database at all");
    expect(() => restore(env, file, { withoutKey: true })).toThrow("cannot be used: it is no database");
    expect(readFileSync(inFolder("data/touchstone.db")).equals(before)).toBe(true);
    expect(readdirSync(inFolder("data")).filter((name) => name.includes("restor"))).toEqual([]);
  });

  it("--without-key restores the rest, and the connection says that its key must be typed again", async () => {
    fill(start());
    const { file } = await backUp(env, inFolder("today.db"));
    await stop();
    rmSync(`${file}.key`);
    env = readEnv({ TOUCHSTONE_DATA_DIR: inFolder("elsewhere"), TOUCHSTONE_LOG_LEVEL: "silent" });
    restore(env, file, { withoutKey: true });
    const { repos, secrets } = start().deps;
    expect(() => secrets.open(repos.connections.byId("con_a")?.sealedKey ?? "")).toThrow();
  });

  it("says sizes as people read them", () => {
    expect([400, 12_345, 12_345_678].map(formatBytes)).toEqual(["1 kB", "13 kB", "12.3 MB"]);
  });
});
