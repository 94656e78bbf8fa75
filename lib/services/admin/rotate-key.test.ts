import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SEALED_COLUMNS } from "@/db/repos/sealed-texts.repo";
import { type Container, createContainer } from "../container";
import { type Env, readEnv } from "../env";
import { backUp } from "./backup";
import { restore } from "./restore";
import { rotateKey } from "./rotate-key";

const STEPS = ["next-key-written", "resealed", "in-place"] as const;
const SECRETS = [
  "sk-connection",
  '{"x-tenant":"t"}',
  '{"authorization":"agent"}',
  "whsec-webhook",
  "dapi-mlflow",
];
let folder = "";
let env: Env;
let running: Container | null = null;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "touchstone-rotate-"));
  env = envWith({});
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

function envWith(more: Record<string, string>): Env {
  const TOUCHSTONE_DATA_DIR = path.join(folder, "data");
  return readEnv({ TOUCHSTONE_DATA_DIR, TOUCHSTONE_LOG_LEVEL: "silent", PORT: "3999", ...more });
}

function start(): Container {
  running = createContainer({ env });
  return running;
}

async function stop(): Promise<void> {
  await running?.close();
  running = null;
}

const file = (name: string): string => path.join(folder, "data", name);
const keyNow = (): string => readFileSync(file("secret.key"), "utf8");

/** One sealed text in each place. */
async function fill(): Promise<void> {
  const { repos, secrets } = start().deps;
  const [key = "", headers = "", agent = "", webhook = "", token = ""] = SECRETS.map((plain) =>
    secrets.seal(plain),
  );
  repos.users.insert({ id: "usr_a", name: "A", email: "a@x.test", isServerAdmin: true, at: 1 });
  const of = { createdBy: "usr_a", createdAt: 1 };
  const connection = { id: "con_a", name: "A", kind: "real", baseUrl: "https://a.example/v1" } as const;
  const limits = { maxConcurrency: 4, timeoutMs: 1_000, fromEnvironment: false, prices: {} };
  repos.connections.insert({ ...connection, ...limits, sealedKey: key, sealedHeaders: headers, ...of });
  const raw = new Sqlite(file("touchstone.db"));
  raw.pragma("foreign_keys = OFF");
  raw.prepare("insert into targets values ('tgt_a', 'prj_a', 'Agent', 'http', 1)").run();
  raw
    .prepare("insert into target_versions values ('tgv_a', 'tgt_a', 1, '{}', ?, 'hash', 'usr_a', 1)")
    .run(agent);
  raw
    .prepare(
      "insert into webhooks (id, project_id, url, sealed_secret, events, created_by, created_at) values ('whk_a', 'prj_a', 'https://w.example', ?, '[]', 'usr_a', 1)",
    )
    .run(webhook);
  raw
    .prepare(
      "insert into mlflow_links (project_id, url, experiment, sealed_token, writes_on_promote, created_by, created_at) values ('prj_a', 'https://m.example', 'E', ?, 0, 'usr_a', 1)",
    )
    .run(token);
  raw.close();
  await stop();
}

/** What the next start can open, in the order of `SECRETS`. */
function opened(): string[] {
  const { repos, secrets } = start().deps;
  return repos.sealedTexts.list().map(({ sealed }) => secrets.open(sealed));
}

describe("rotate-key", () => {
  it("knows every sealed column of the schema", () => {
    start();
    const raw = new Sqlite(file("touchstone.db"), { readonly: true });
    const columns = raw
      .prepare(
        `select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c
         where m.type = 'table' and c.name like 'sealed\\_%' escape '\\' order by 1, 2 desc`,
      )
      .all();
    raw.close();
    const known = SEALED_COLUMNS.map(({ table, column }) => ({ table, column }));
    expect(columns).toHaveLength(known.length);
    expect(columns).toEqual(expect.arrayContaining(known));
  });

  it("seals everything under a new key file, which is the only one left; the act is on record", async () => {
    await fill();
    const before = keyNow();
    expect(rotateKey(env, { newSecret: null })).toEqual({ resealed: 5, unreadable: [] });
    expect(keyNow()).not.toBe(before);
    expect(statSync(file("secret.key")).mode & 0o777).toBe(0o600);
    expect(existsSync(file("secret.key.next"))).toBe(false);
    expect(opened()).toEqual(SECRETS);
    expect(running?.deps.repos.audit.list(null, { limit: 1 })[0]).toMatchObject({
      action: "key-changed",
      actorName: "operator",
      details: { resealed: 5, unreadable: 0 },
    });
  });

  it("nothing that the old key opens is left in the database or its log", async () => {
    await fill();
    const raw = new Sqlite(file("touchstone.db"), { readonly: true });
    const old = raw
      .prepare("select sealed_key from connections where sealed_key is not null")
      .pluck()
      .get() as string;
    raw.close();
    rotateKey(env, { newSecret: null });
    for (const name of ["touchstone.db", "touchstone.db-wal"].filter((one) => existsSync(file(one))))
      expect(readFileSync(file(name)).includes(old)).toBe(false);
  });

  it.each(STEPS)("killed after the step %s: the next call ends it, and so does a start", async (step) => {
    for (const goOn of ["call", "start"] as const) {
      await fill();
      const killed = () =>
        rotateKey(env, {
          newSecret: null,
          onStep: (at) => {
            if (at === step) throw new Error("killed");
          },
        });
      expect(killed).toThrow("killed");
      if (goOn === "call") rotateKey(env, { newSecret: null });
      expect(opened(), goOn).toEqual(SECRETS);
      expect(existsSync(file("secret.key.next"))).toBe(false);
      await stop();
      rmSync(path.join(folder, "data"), { recursive: true });
    }
  });

  it("a backup in the middle of a change is refused, one after it is whole", async () => {
    await fill();
    const killed = (): never => {
      throw new Error("killed");
    };
    expect(() => rotateKey(env, { newSecret: null, onStep: killed })).toThrow("killed");
    await expect(backUp(env, path.join(folder, "a.db"))).rejects.toThrow("being changed");
    expect(existsSync(path.join(folder, "a.db"))).toBe(false);
    rotateKey(env, { newSecret: null });
    await backUp(env, path.join(folder, "a.db"));
    env = readEnv({ TOUCHSTONE_DATA_DIR: path.join(folder, "elsewhere"), TOUCHSTONE_LOG_LEVEL: "silent" });
    restore(env, path.join(folder, "a.db"), { withoutKey: false });
    const { repos, secrets } = start().deps;
    expect(repos.sealedTexts.list().map(({ sealed }) => secrets.open(sealed))).toEqual(SECRETS);
  });

  it("moves from the key file to TOUCHSTONE_SECRET and from one such secret to another", async () => {
    await fill();
    rotateKey(env, { newSecret: "a secret of the vault" });
    expect(existsSync(file("secret.key"))).toBe(false);
    env = envWith({ TOUCHSTONE_SECRET: "a secret of the vault" });
    expect(opened()).toEqual(SECRETS);
    await stop();
    rotateKey(env, { newSecret: "the next one of the vault" });
    // the same command again: an operator who is not sure may repeat it
    expect(rotateKey(env, { newSecret: "the next one of the vault" }).resealed).toBe(5);
    env = envWith({ TOUCHSTONE_SECRET: "the next one of the vault" });
    expect(opened()).toEqual(SECRETS);
  });

  it("refuses, and changes nothing: no database, a running server, the wrong key, a short secret, a secret it cannot set", async () => {
    expect(() => rotateKey(env, { newSecret: null })).toThrow("There is no database");
    await fill();
    const before = readFileSync(file("touchstone.db"));
    start();
    expect(() => rotateKey(env, { newSecret: null })).toThrow("in use by process");
    await stop();
    const other = envWith({ TOUCHSTONE_SECRET: "not the secret of this data" });
    expect(() => rotateKey(other, { newSecret: null })).toThrow("--secret-stdin");
    expect(() => rotateKey(other, { newSecret: "x".repeat(20) })).toThrow("None of the 5 sealed secrets");
    expect(() => rotateKey(env, { newSecret: "short" })).toThrow("16 characters");
    expect(readFileSync(file("touchstone.db")).equals(before)).toBe(true);
    expect(opened()).toEqual(SECRETS);
  });

  it("one text that no key opens is named and left as it is", async () => {
    await fill();
    const raw = new Sqlite(file("touchstone.db"));
    raw.prepare("update webhooks set sealed_secret = 'v1.a.b.c'").run();
    raw.close();
    expect(rotateKey(env, { newSecret: null })).toEqual({
      resealed: 4,
      unreadable: ["secret of the webhook to https://w.example"],
    });
  });
});
