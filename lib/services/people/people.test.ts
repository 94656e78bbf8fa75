import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor, Role } from "@/lib/contracts/permissions";
import { SHARED_DEVICE_QUIET_MS } from "../auth/actor";
import type { Mail } from "../mail/mailer";
import { createTestServices, type TestServices } from "../testing/test-services";
import { PASSWORD, pageHeaders, signIn, tokenOf } from "./testing/people-world";

let server: TestServices;
let projectId: string;
let mails: Mail[];
let mailFails: boolean;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  mails = [];
  mailFails = false;
  server = createTestServices(
    {},
    {
      mailer: {
        send: async (mail) => {
          if (mailFails) throw new Error("451 try later");
          mails.push(mail);
        },
      },
    },
  );
  projectId = server.services.projects.openSample(server.actor).id;
  await server.idle();
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return "no error";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};
const acts = (): string[] => server.deps.repos.audit.list(null, { limit: 50 }).map(({ action }) => action);

/** Somebody with an account, by an invitation. */
async function join(name: string, role: Role): Promise<Extract<Actor, { kind: "user" }>> {
  const email = `${name.toLowerCase()}@example.org`;
  const { link } = await server.services.invitations.invite(server.actor, projectId, { role, email: null });
  const input = { token: tokenOf(link), name, email, password: PASSWORD };
  const { cookies } = await server.services.invitations.accept(input, pageHeaders());
  const actor = await server.services.auth.actorOf(pageHeaders(cookies));
  if (actor?.kind !== "user") throw new Error("nobody is signed in");
  return actor;
}

describe("invitations", () => {
  it("a link makes an account with the role that was chosen, signs it in, and works once", async () => {
    const { services } = server;
    const made = await services.invitations.invite(server.actor, projectId, { role: "lead", email: null });
    const token = tokenOf(made.link);
    expect(services.invitations.peek(token)).toMatchObject({ role: "lead", invitedBy: "Tester" });
    expect(services.invitations.peek(token), "looking does not use it").not.toBeNull();
    const input = { token, name: "Ada", email: "ada@example.org", password: PASSWORD };
    const { cookies } = await services.invitations.accept(input, pageHeaders());
    expect(await services.auth.actorOf(pageHeaders(cookies))).toMatchObject({
      name: "Ada",
      isServerAdmin: false,
      roles: { [projectId]: "lead" },
    });
    expect(services.invitations.list(server.actor, projectId)[0]).toMatchObject({
      state: "used",
      usedBy: "Ada",
    });
    expect(services.invitations.peek(token)).toBeNull();
    const again = { ...input, email: "eve@example.org" };
    expect(await codeOf(() => services.invitations.accept(again, pageHeaders()))).toBe("link-invalid");
    expect(server.deps.repos.users.byEmail("eve@example.org"), "no account is left behind").toBeNull();
    expect(acts()).toEqual(
      expect.arrayContaining(["person-invited", "invitation-accepted", "account-created"]),
    );
  });

  it("one that names an address is mailed, and only that address can use it", async () => {
    const { invitations } = server.services;
    const invitation = { role: "expert", email: "bo@example.org" } as const;
    const made = await invitations.invite(server.actor, projectId, invitation);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(made.link);
    expect(made.invitation.mailedAt).not.toBeNull();
    const input = { token: tokenOf(made.link), name: "Eve", email: "eve@example.org", password: PASSWORD };
    expect(await codeOf(() => invitations.accept(input, pageHeaders()))).toBe("forbidden");
    const bo = { ...input, name: "Bo", email: "bo@example.org" };
    expect((await invitations.accept(bo, pageHeaders())).projectId).toBe(projectId);
    expect(await codeOf(() => invitations.invite(server.actor, projectId, invitation))).toBe("conflict");
  });

  it("stands when the mail server refuses, and says so", async () => {
    mailFails = true;
    const invitation = { role: "expert", email: "bo@example.org" } as const;
    const made = await server.services.invitations.invite(server.actor, projectId, invitation);
    expect(made.mailProblem).toContain("copy the link");
    expect(made.invitation).toMatchObject({ state: "open", mailedAt: null });
  });

  it("is worth nothing once taken back or a week old, and its token is stored nowhere", async () => {
    const { invitations } = server.services;
    const invitation = { role: "viewer", email: null } as const;
    const [first, second] = [
      await invitations.invite(server.actor, projectId, invitation),
      await invitations.invite(server.actor, projectId, invitation),
    ];
    invitations.revoke(server.actor, projectId, first.invitation.id);
    expect(invitations.peek(tokenOf(first.link))).toBeNull();
    vi.setSystemTime(Date.now() + 7 * 86_400_000 + 1);
    expect(invitations.peek(tokenOf(second.link))).toBeNull();
    expect(invitations.list(server.actor, projectId).map(({ state }) => state)).toEqual([
      "expired",
      "revoked",
    ]);
    const stored = JSON.stringify([
      server.deps.repos.invitations.list(projectId),
      server.deps.repos.audit.list(null, { limit: 99 }),
    ]);
    expect(stored).not.toContain(tokenOf(first.link));
  });

  it("somebody with an account joins with it; one who is there already does not use it up", async () => {
    const { invitations } = server.services;
    const ada = await join("Ada", "expert");
    const { link } = await invitations.invite(server.actor, projectId, { role: "admin", email: null });
    expect(await codeOf(() => invitations.join(ada, tokenOf(link)))).toBe("conflict");
    expect(invitations.peek(tokenOf(link))).not.toBeNull();
    const other = server.services.projects.create(server.actor, { name: "Other", startingPrompt: "" });
    const elsewhere = await invitations.invite(server.actor, other.id, { role: "approver", email: null });
    expect(invitations.join(ada, tokenOf(elsewhere.link))).toEqual({ projectId: other.id });
    expect(server.deps.repos.members.rolesOf(ada.userId)).toEqual({
      [projectId]: "expert",
      [other.id]: "approver",
    });
  });
});

describe("members", () => {
  it("an admin changes roles and takes people out; the last admin stays one", async () => {
    const { members } = server.services;
    const ada = await join("Ada", "expert");
    expect(members.setRole(server.actor, projectId, ada.userId, "approver")).toMatchObject({
      role: "approver",
    });
    expect(server.services.auth.userActor(ada.userId)?.roles).toEqual({ [projectId]: "approver" });
    const me = server.actor.userId;
    expect(await codeOf(() => members.setRole(server.actor, projectId, me, "viewer"))).toBe("conflict");
    expect(await codeOf(() => members.remove(server.actor, projectId, me))).toBe("conflict");
    members.remove(server.actor, projectId, ada.userId);
    expect(members.list(server.actor, projectId).map(({ name }) => name)).not.toContain("Ada");
    expect(await codeOf(() => members.list(ada, projectId)), "it is not hers any more").toBe("no error");
    const fresh = server.services.auth.userActor(ada.userId);
    expect(await codeOf(() => members.list(fresh as Actor, projectId))).toBe("not-found");
  });

  it("nobody but an admin may", async () => {
    const engineer = await join("Enid", "engineer");
    const { members, invitations } = server.services;
    expect(await codeOf(() => members.setRole(engineer, projectId, engineer.userId, "admin"))).toBe(
      "forbidden",
    );
    const invitation = { role: "admin", email: null } as const;
    expect(await codeOf(() => invitations.invite(engineer, projectId, invitation))).toBe("forbidden");
  });
});

describe("personal links", () => {
  const queueId = (): string => server.services.queues.list(server.actor, projectId)[0]?.id ?? "";
  const makeLink = (name = "Nurse Kim") =>
    server.services.personalLinks.create(server.actor, projectId, { queueId: queueId(), userId: null, name });
  const open = async (link: string, isShared = false) => {
    const { cookies } = await server.services.personalLinks.open(tokenOf(link), pageHeaders(), isShared);
    return pageHeaders(cookies);
  };

  it("signs its person in, once, for one queue and nothing else", async () => {
    const { services } = server;
    const { link } = makeLink();
    expect(services.personalLinks.peek(tokenOf(link))).toMatchObject({ personName: "Nurse Kim" });
    const kim = (await services.auth.actorOf(await open(link))) as Actor;
    expect(kim).toMatchObject({ name: "Nurse Kim", confinedTo: { projectId, queueId: queueId() } });
    const item = services.queues.next(kim, queueId(), { after: null, not: [] });
    expect(item).not.toBeNull();
    const label = { judgeId: services.queues.list(server.actor, projectId)[0]?.judgeId ?? "", value: 2 };
    const commit = (extra: { traceId: string; queueId: string | null }) =>
      services.labels.commit(kim, { ...label, reason: "x", betterAnswer: null, flagged: false, ...extra });
    const traceId = item?.traceId ?? "";
    expect(commit({ traceId, queueId: queueId() })).toMatchObject({ reason: "x" });
    expect(await codeOf(() => commit({ traceId, queueId: null })), "outside the queue").toBe("not-found");
    const elsewhere = server.deps.repos.labels.list(projectId, {}).find((one) => one.queueId === null);
    const outside = { traceId: elsewhere?.traceId ?? "", queueId: queueId() };
    expect(await codeOf(() => commit(outside)), "an answer that the queue does not hold").toBe("not-found");
    expect(await codeOf(() => services.records.create(kim, projectId, {} as never))).toBe("forbidden");
    expect(await codeOf(() => open(link)), "a second time").toBe("link-invalid");
  });

  it("a server admin who comes by a link is held to the queue too", async () => {
    const { services } = server;
    const input = { queueId: queueId(), userId: server.actor.userId, name: null };
    const { link } = services.personalLinks.create(server.actor, projectId, input);
    const me = (await services.auth.actorOf(await open(link))) as Actor;
    expect(await codeOf(() => services.serverAccounts.list(me))).toBe("forbidden");
    expect(await codeOf(() => services.members.setRole(me, projectId, "x", "admin"))).toBe("forbidden");
  });

  it("taken back, it ends what it began, at once; taking the person out does the same", async () => {
    const { services } = server;
    const first = makeLink();
    const kim = await open(first.link);
    services.personalLinks.revoke(server.actor, projectId, first.personalLink.id);
    expect(await services.auth.actorOf(kim)).toBeNull();
    const second = makeLink("Lee");
    const lee = await open(second.link);
    services.members.remove(server.actor, projectId, second.personalLink.userId);
    expect(await services.auth.actorOf(lee)).toBeNull();
    expect(services.personalLinks.list(server.actor, projectId).map(({ state }) => state)).toEqual([
      "revoked",
      "revoked",
    ]);
  });

  it("on a shared device it is over after ten quiet minutes", async () => {
    const { services } = server;
    const kim = await open(makeLink().link, true);
    vi.setSystemTime(Date.now() + 9 * 60_000);
    await services.account.touch(kim);
    vi.setSystemTime(Date.now() + 9 * 60_000);
    expect(await services.auth.actorOf(kim)).not.toBeNull();
    vi.setSystemTime(Date.now() + SHARED_DEVICE_QUIET_MS);
    expect(await services.auth.actorOf(kim)).toBeNull();
  });
});

describe("own account", () => {
  it("lists where one is signed in, and ends one place, or all but this", async () => {
    await join("Ada", "expert");
    const { services } = server;
    const email = "ada@example.org";
    const shared = {
      "x-touchstone-shared-device": "1",
      "user-agent": "Mozilla/5.0 (Windows NT) Firefox/150.0",
    };
    const [here, there] = [
      pageHeaders(await signIn(services, email, PASSWORD, { "x-touchstone-address": "10.0.0.9" })),
      pageHeaders(await signIn(services, email, PASSWORD, shared)),
    ];
    const sessions = await services.account.sessions(here);
    expect(sessions).toHaveLength(3);
    expect(sessions.find(({ isCurrent }) => isCurrent)).toMatchObject({
      address: "10.0.0.9",
      isShared: false,
    });
    const other = sessions.find(({ isShared }) => isShared);
    expect(other?.device).toBe("Firefox on Windows");
    await services.account.endSession(here, other?.id ?? "");
    expect(await services.auth.actorOf(there)).toBeNull();
    expect(await services.account.endOthers(here)).toBe(1);
    expect(await services.account.sessions(here)).toHaveLength(1);
    const mine = pageHeaders(await services.auth.signInAs(server.actor.userId, pageHeaders()));
    const hers = (await services.account.sessions(here))[0]?.id ?? "";
    expect(await codeOf(() => services.account.endSession(mine, hers)), "somebody else's").toBe("not-found");
  });

  it("a new password takes the old one, ends other sessions, and tries are counted", async () => {
    await join("Ada", "expert");
    const { services } = server;
    const email = "ada@example.org";
    const [here, there] = [
      pageHeaders(await signIn(services, email, PASSWORD)),
      pageHeaders(await signIn(services, email, PASSWORD)),
    ];
    const wrong = { currentPassword: "not this one", newPassword: "a new long password" };
    expect(await codeOf(() => services.account.changePassword(here, wrong))).toBe("invalid-input");
    const right = { currentPassword: PASSWORD, newPassword: "a new long password" };
    const kept = pageHeaders(await services.account.changePassword(here, right));
    expect(await services.auth.actorOf(kept)).not.toBeNull();
    expect(await services.auth.actorOf(there)).toBeNull();
    expect(await signIn(services, email, PASSWORD)).toBeNull();
    expect(await signIn(services, email, "a new long password")).not.toBeNull();
    for (let index = 0; index < 3; index++) await codeOf(() => services.account.changePassword(kept, wrong));
    expect(await codeOf(() => services.account.changePassword(kept, wrong))).toBe("rate-limited");
  });

  it("a reset link works once and for an hour, by mail the same for everybody", async () => {
    await join("Ada", "expert");
    const { services } = server;
    await services.account.requestReset("nobody@example.org");
    expect(mails).toHaveLength(0);
    await services.account.requestReset("ada@example.org");
    const token = tokenOf(/http\S+/.exec(mails[0]?.text ?? "")?.[0] ?? "");
    expect(services.account.isResetOpen(token)).toBe(true);
    expect(services.account.isResetOpen(`${token.slice(0, -2)}xx`), "forged").toBe(false);
    const signedIn = pageHeaders(await signIn(services, "ada@example.org", PASSWORD));
    await services.account.reset(token, "a new long password");
    expect(await services.auth.actorOf(signedIn), "signed out everywhere").toBeNull();
    expect(await signIn(services, "ada@example.org", "a new long password")).not.toBeNull();
    expect(await codeOf(() => services.account.reset(token, "another long password"))).toBe("link-invalid");
    const ada = server.deps.repos.users.byEmail("ada@example.org");
    const { link } = services.serverAccounts.resetLink(server.actor, ada?.id ?? "");
    vi.setSystemTime(Date.now() + 3_600_001);
    expect(services.account.isResetOpen(tokenOf(link)), "too old").toBe(false);
  });

  it("paths of the accounts' library that this product does not use are shut", async () => {
    const { auth } = server.services;
    const cookies = await auth.signInAs(server.actor.userId, pageHeaders());
    for (const path of ["change-email", "update-user", "change-password", "sign-up/email", "delete-user"]) {
      const init = { method: "POST", headers: pageHeaders(cookies), body: "{}" };
      const response = await auth.handle(new Request(`http://127.0.0.1:3000/api/auth/${path}`, init));
      expect([path, response.status]).toEqual([path, 404]);
    }
  });
});

describe("sign-in limits", () => {
  it("thirty tries an address, whatever the accounts; a header that a caller sends is not the address", async () => {
    const { services } = server;
    const from = { "x-touchstone-address": "203.0.113.7" };
    await join("Ada", "expert");
    await signIn(services, "ada@example.org", "wrong", from);
    const { address } = services.auth.parts.limits;
    for (let index = 1; index < 30; index++) address.take("203.0.113.7", Date.now());
    expect(await signIn(services, "ada@example.org", PASSWORD, from)).toBeNull();
    const elsewhere = { "x-touchstone-address": "203.0.113.8" };
    expect(await signIn(services, "ada@example.org", PASSWORD, elsewhere)).not.toBeNull();
  });
});

describe("accounts of the server", () => {
  it("a closed account is out at once and stays out; what it did stays", async () => {
    const ada = await join("Ada", "expert");
    const { services } = server;
    const session = pageHeaders(await signIn(services, "ada@example.org", PASSWORD));
    const closed = services.serverAccounts.change(server.actor, ada.userId, { isClosed: true });
    expect(closed).toMatchObject({ isClosed: true, hasPassword: true, projects: 1 });
    expect(await services.auth.actorOf(session)).toBeNull();
    expect(await signIn(services, "ada@example.org", PASSWORD)).toBeNull();
    services.serverAccounts.change(server.actor, ada.userId, { isClosed: false });
    expect(await signIn(services, "ada@example.org", PASSWORD)).not.toBeNull();
  });

  it("the last admin of the server stays one", async () => {
    const { serverAccounts } = server.services;
    const me = server.actor.userId;
    expect(await codeOf(() => serverAccounts.change(server.actor, me, { isServerAdmin: false }))).toBe(
      "conflict",
    );
    expect(await codeOf(() => serverAccounts.change(server.actor, me, { isClosed: true }))).toBe("conflict");
    const ada = await join("Ada", "expert");
    serverAccounts.change(server.actor, ada.userId, { isServerAdmin: true });
    expect(serverAccounts.change(server.actor, me, { isServerAdmin: false })).toMatchObject({
      isServerAdmin: false,
    });
  });
});
