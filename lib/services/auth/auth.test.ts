import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { createRepos } from "@/db/repos/create-repos";
import { openTestDb } from "@/db/test-db";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { newId } from "@/lib/util/new-id";
import { readEnv } from "../env";
import { createSecretBox } from "../secrets";
import { type AuthService, createAuthService } from "./auth.service";

const HOST = "127.0.0.1:3000";
const person = { name: "Jo", email: "Jo@Example.com", password: "correct horse battery" };
let database: Database;
let clock: number;

function serviceWith(variables: Record<string, string> = {}): AuthService {
  const repos = createRepos(database);
  return createAuthService({
    env: readEnv(variables),
    repos,
    database,
    secrets: createSecretBox("a secret of the tests"),
    now: () => clock,
    newId,
  });
}

function headers(extra: Record<string, string> = {}): Headers {
  return new Headers({ host: HOST, origin: `http://${HOST}`, "content-type": "application/json", ...extra });
}

function cookieOf(cookies: Headers): string {
  return cookies
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

function post(
  auth: AuthService,
  path: string,
  body: object,
  extra: Record<string, string> = {},
): Promise<Response> {
  const given = headers(extra);
  return auth.handle(
    new Request(`http://${given.get("host")}/api/auth${path}`, {
      method: "POST",
      headers: given,
      body: JSON.stringify(body),
    }),
  );
}

async function setUp(auth: AuthService) {
  const token = auth.issueSetupToken();
  if (token === null) throw new Error("it is set up already");
  return auth.completeSetup({ token, ...person }, headers());
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no error",
    (error) => (error instanceof AppError ? error.code : String(error)),
  );
}

beforeEach(() => {
  database = openTestDb();
  clock = Date.now();
});
afterEach(() => database.close());

describe("first run", () => {
  it("the printed link makes the first account, an admin of the server, and signs it in", async () => {
    const auth = serviceWith();
    expect(auth.isSetUp()).toBe(false);
    const { userId, cookies } = await setUp(auth);
    expect(auth.isSetUp()).toBe(true);
    expect(cookies.getSetCookie()[0]).toMatch(/touchstone\.session_token=.*HttpOnly.*SameSite=Lax/i);
    const actor = await auth.actorOf(headers({ cookie: cookieOf(cookies) }));
    expect(actor).toEqual({ kind: "user", userId, name: "Jo", isServerAdmin: true, roles: {} });
    expect(auth.me(actor as Actor)).toMatchObject({ kind: "user", id: userId, isServerAdmin: true });
  });

  it("works once: not with the same link, another link, or a made-up one", async () => {
    const auth = serviceWith();
    const token = auth.issueSetupToken() as string;
    const other = auth.issueSetupToken() as string;
    expect(await codeOf(auth.completeSetup({ token: "guessed", ...person }, headers()))).toBe(
      "setup-token-invalid",
    );
    expect(createRepos(database).users.count()).toBe(0);
    expect([auth.isSetupTokenOpen(token), auth.isSetupTokenOpen("guessed")]).toEqual([true, false]);
    const both = await Promise.all([
      codeOf(auth.completeSetup({ token, ...person }, headers())),
      codeOf(auth.completeSetup({ token: other, ...person, email: "x@example.com" }, headers())),
    ]);
    expect(both.sort()).toEqual(["no error", "setup-done"]);
    expect(auth.issueSetupToken()).toBeNull();
  });

  it("a link ends after seven days, and is stored only as a hash", async () => {
    const auth = serviceWith();
    const token = auth.issueSetupToken() as string;
    expect(JSON.stringify(database.raw.prepare("select * from setup_tokens").all())).not.toContain(token);
    clock += 8 * 24 * 3_600_000;
    expect(await codeOf(auth.completeSetup({ token, ...person }, headers()))).toBe("setup-token-invalid");
  });

  it("people of the sample, who cannot sign in, do not end the first run", () => {
    createRepos(database).users.insert({
      id: "usr_ray",
      name: "Ray",
      email: "ray@sample",
      isServerAdmin: false,
      at: clock,
    });
    expect(serviceWith().issueSetupToken()).not.toBeNull();
  });
});

describe("signing in", () => {
  it("gives a session by e-mail and password, in any case of the address; signing out ends it", async () => {
    const auth = serviceWith();
    const { userId } = await setUp(auth);
    const response = await post(auth, "/sign-in/email", {
      email: "JO@example.com",
      password: person.password,
    });
    expect(response.status).toBe(200);
    const cookie = cookieOf(response.headers);
    expect(await auth.actorOf(headers({ cookie }))).toMatchObject({ userId });
    expect((await post(auth, "/sign-out", {}, { cookie })).status).toBe(200);
    expect(await auth.actorOf(headers({ cookie }))).toBeNull();
  });

  it("nobody signs up by themselves, and a wrong password is not told from an unknown account", async () => {
    const auth = serviceWith();
    await setUp(auth);
    expect((await post(auth, "/sign-up/email", { ...person, email: "eve@example.com" })).ok).toBe(false);
    expect(createRepos(database).users.count()).toBe(1);
    const wrong = await post(auth, "/sign-in/email", { email: person.email, password: "not the password" });
    const unknown = await post(auth, "/sign-in/email", {
      email: "nobody@example.com",
      password: "not the password",
    });
    expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()]);
  });

  it("five tries an account and minute, whatever address is claimed; a success starts anew", async () => {
    const auth = serviceWith();
    await setUp(auth);
    const attempt = (password: string, ip: string) =>
      post(auth, "/sign-in/email", { email: person.email, password }, { "x-forwarded-for": ip });
    for (let index = 0; index < 4; index++)
      expect((await attempt("wrong wrong wrong", `10.0.0.${index}`)).status).toBe(401);
    expect((await attempt(person.password, "10.0.1.1")).status).toBe(200);
    for (let index = 0; index < 5; index++) await attempt("wrong wrong wrong", `10.0.2.${index}`);
    const limited = await attempt(person.password, "10.0.3.1");
    expect([limited.status, await limited.json()]).toMatchObject([429, { code: "rate-limited" }]);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    clock += 61_000;
    expect((await attempt(person.password, "10.0.3.1")).status).toBe(200);
  });

  it("answers under 127.0.0.1, localhost and its public address, and refuses other origins (trap 14)", async () => {
    const auth = serviceWith({ TOUCHSTONE_URL: "https://touchstone.example.com" });
    await setUp(auth);
    const from = async (host: string, origin: string) =>
      (
        await post(
          auth,
          "/sign-in/email",
          { email: person.email, password: person.password },
          { host, origin, cookie: "a=b" },
        )
      ).status;
    expect(await from("127.0.0.1:3000", "http://127.0.0.1:3000")).toBe(200);
    expect(await from("localhost:3951", "http://localhost:3951")).toBe(200);
    expect(await from("touchstone.example.com", "https://touchstone.example.com")).toBe(200);
    expect(await from("127.0.0.1:3000", "http://evil.example")).toBe(403);
    expect(await from("evil.example", "http://evil.example")).toBe(403);
  });

  it("a server that listens beyond loopback is found under whatever it is called, by its own pages only", async () => {
    const auth = serviceWith({ HOST: "0.0.0.0" });
    await setUp(auth);
    const from = async (origin: string) =>
      (
        await post(
          auth,
          "/sign-in/email",
          { email: person.email, password: person.password },
          { host: "192.168.1.5:3000", origin, cookie: "a=b" },
        )
      ).status;
    expect(await from("http://192.168.1.5:3000")).toBe(200);
    expect(await from("http://evil.example")).toBe(403);
  });
});

describe("accounts made by an admin", () => {
  it("only admins of the server make them; an address is taken once; the new person can sign in", async () => {
    const auth = serviceWith();
    const { userId } = await setUp(auth);
    const admin = auth.userActor(userId) as Actor;
    const ray = { name: "Ray", email: "ray@example.com", password: "another long one", isServerAdmin: false };
    const rayId = await auth.createUser(admin, ray);
    expect(await codeOf(auth.createUser(admin, ray))).toBe("conflict");
    expect(
      await codeOf(auth.createUser(auth.userActor(rayId) as Actor, { ...ray, email: "x@example.com" })),
    ).toBe("forbidden");
    expect((await post(auth, "/sign-in/email", ray)).status).toBe(200);
    expect(cookieOf(await auth.signInAs(rayId, headers()))).toContain("session_token");
    expect(auth.userActor("usr_nobody")).toBeNull();
    const acts = createRepos(database)
      .audit.list(null, { limit: 9 })
      .map(({ action, actorName, subjectId }) => [action, actorName, subjectId]);
    expect(acts).toEqual([
      ["account-created", "Jo", rayId],
      ["server-set-up", "Jo", userId],
    ]);
  });
});
