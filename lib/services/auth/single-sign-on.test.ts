import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HOST, PASSWORD, pageHeaders, tokenOf } from "../people/testing/people-world";
import { createTestServices, type TestServices } from "../testing/test-services";

const SERVER = path.resolve(import.meta.dirname, "../../../test/fake-oidc.ts");
let provider: ChildProcess;
let issuer: string;
let server: TestServices;
let projectId: string;

beforeAll(async () => {
  provider = spawn(process.execPath, ["--import", "tsx", SERVER], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  issuer = await new Promise<string>((resolve, reject) => {
    provider.stdout?.once("data", (line: Buffer) => resolve(JSON.parse(line.toString("utf8")).url));
    provider.once("exit", (code) => reject(new Error(`the provider ended with ${code}`)));
  });
});
afterAll(() => void provider.kill());
beforeEach(() => {
  server = createTestServices({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "touchstone",
    OIDC_CLIENT_SECRET: "a secret of the provider",
  });
  projectId = server.services.projects.create(server.actor, { name: "P", startingPrompt: "" }).id;
});
afterEach(() => server.close());

/** Through the provider and back, as a browser would. @returns where it ends, and the cookies it then has */
async function walk(callbackURL = "/"): Promise<{ location: string; cookies: Headers }> {
  const { auth } = server.services;
  const body = JSON.stringify({ provider: "oidc", callbackURL, errorCallbackURL: "/sign-in" });
  const started = await auth.handle(
    new Request(`http://${HOST}/api/auth/sign-in/social`, { method: "POST", headers: pageHeaders(), body }),
  );
  if (!started.ok) return { location: `refused ${started.status}`, cookies: started.headers };
  const { url } = (await started.json()) as { url: string };
  const sent = await fetch(url, { redirect: "manual" });
  const back = await auth.handle(
    new Request(sent.headers.get("location") ?? "", { headers: pageHeaders(started.headers) }),
  );
  return { location: back.headers.get("location") ?? "", cookies: back.headers };
}
const providerSays = (email: string, verified = "yes") =>
  fetch(`${issuer}/__as?email=${email}&verified=${verified}`);

async function invited(email: string, password: string | null): Promise<void> {
  const { invitations } = server.services;
  const { link } = await invitations.invite(server.actor, projectId, { role: "expert", email });
  await invitations.accept({ token: tokenOf(link), name: "Ann", email, password }, pageHeaders());
}

describe("single sign-on", () => {
  it("opens an account that was made for the address, and goes on where it was asked to", async () => {
    await invited("ann@example.org", null);
    await providerSays("ann@example.org");
    const { location, cookies } = await walk(`/p/${projectId}`);
    expect(location).toMatch(new RegExp(`/p/${projectId}$`));
    expect(await server.services.auth.actorOf(pageHeaders(cookies))).toMatchObject({
      name: "Ann",
      roles: { [projectId]: "expert" },
    });
  });

  it("makes no account, and opens none on an address that the provider has not verified", async () => {
    await providerSays("stranger@example.org");
    expect((await walk()).location).toMatch(/\/sign-in\?error=/);
    expect(server.deps.repos.users.byEmail("stranger@example.org")).toBeNull();
    await invited("ann@example.org", null);
    await providerSays("ann@example.org", "no");
    expect((await walk()).location).toMatch(/\/sign-in\?error=/);
  });

  it("opens an account with a password only once an admin of the server has said so", async () => {
    await invited("bo@example.org", PASSWORD);
    await providerSays("bo@example.org");
    expect((await walk()).location, "whoever chose the password may be somebody else").toMatch(/error=/);
    const bo = server.deps.repos.users.byEmail("bo@example.org");
    server.services.serverAccounts.change(server.actor, bo?.id ?? "", { isEmailConfirmed: true });
    const { cookies } = await walk();
    expect(await server.services.auth.actorOf(pageHeaders(cookies))).toMatchObject({ userId: bo?.id });
  });

  it("a closed account stays closed, and nobody is sent to another site afterwards", async () => {
    await invited("ann@example.org", null);
    const ann = server.deps.repos.users.byEmail("ann@example.org");
    server.services.serverAccounts.change(server.actor, ann?.id ?? "", { isClosed: true });
    await providerSays("ann@example.org");
    const { cookies } = await walk();
    expect(await server.services.auth.actorOf(pageHeaders(cookies))).toBeNull();
    expect((await walk("https://evil.example/")).location).toBe("refused 403");
    expect((await walk("//evil.example/")).location).toBe("refused 403");
  });
});
