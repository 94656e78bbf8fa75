import { describe, expect, it } from "vitest";
import type { Permission, Role } from "@/lib/contracts/permissions";
import { permissionsByRole } from "@/lib/contracts/permissions";
import type { ProjectView } from "@/lib/contracts/projects";
import type { Readiness } from "@/lib/contracts/records";
import { prepareLoop } from "./loop";
import { prepareNextActions } from "./next-actions";
import type { ProjectFacts } from "./project-facts";
import { prepareStatus } from "./status";

function facts(role: Role, changes: Partial<ProjectFacts> = {}): ProjectFacts {
  return {
    project: { id: "prj_1", name: "Test", isSample: false } as ProjectView,
    role,
    may: (permission: Permission) => permissionsByRole[role].includes(permission),
    readiness: { ready: true, headline: "Ready for a first run.", total: 20, usable: 20 } as Readiness,
    records: 20,
    answers: 20,
    rounds: 1,
    activeRound: null,
    queue: null,
    openDisagreements: 0,
    labels: { total: 12, withReason: 12, newWithReason: 0, answers: 10, experts: 2 },
    judge: { id: "jdg_1", version: 2, guidelines: 5 },
    openTeaching: null,
    activeRun: null,
    candidate: null,
    runs: 0,
    openReview: null,
    compareBlind: null,
    broken: null,
    production: null,
    ...changes,
  };
}

const first = (role: Role, changes: Partial<ProjectFacts> = {}) =>
  prepareNextActions(facts(role, changes))[0];

describe("ux.md section 4, Next action on the Overview: the first row that holds for the person", () => {
  it("puts what has stopped before all else", () => {
    const changes = {
      broken: { what: "The key was refused.", href: "/p/prj_1/runs/run_1" },
      queue: { id: "que_1", leftForMe: 3, leftForTeam: 3 },
    };
    expect(first("engineer", changes)).toMatchObject({ code: "broken", button: "See the cause and resume" });
    expect(first("expert", changes)).toMatchObject({ code: "broken", button: "See the cause" });
  });

  it("evidence that has aged is checked again by an engineer, seen by an approver, and no expert's matter", () => {
    const production = {
      promptName: "staff assistant",
      version: 14,
      since: 1,
      evidence: null,
      evidenceAge: "The evidence is 91 days old.",
    };
    const at = { code: "evidence-aged", href: "/p/prj_1/prompts/staff%20assistant/check" };
    expect(first("engineer", { production })).toMatchObject({ ...at, button: "Check it again" });
    expect(first("approver", { production })).toMatchObject({ ...at, button: "See what changed" });
    expect(first("expert", { production }).code).not.toBe(at.code);
    expect(first("engineer", { production: { ...production, evidenceAge: null } }).code).not.toBe(at.code);
  });

  it("gives an approver the decision, and an engineer the same review to read", () => {
    const changes = { openReview: { id: "rev_1", number: 4, author: "Jonas" } };
    expect(first("approver", changes)).toMatchObject({ code: "review", button: "Decide" });
    expect(first("engineer", changes)).toMatchObject({ code: "review", button: "Open the review" });
  });

  it("asks an expert to compare blind, and an approver to decide", () => {
    const changes = {
      openReview: { id: "rev_1", number: 4, author: "Jonas" },
      compareBlind: { reviewId: "rev_1", number: 4, left: 12 },
    };
    expect(first("expert", changes)).toMatchObject({
      code: "compare-blind",
      minutes: 6,
      href: "/p/prj_1/compare/rev_1",
    });
    expect(first("approver", changes)).toMatchObject({ code: "review" });
  });

  it("offers labels to an expert before teaching, and teaching from ten new reasons on", () => {
    const taught = { labels: { total: 12, withReason: 12, newWithReason: 10, answers: 10, experts: 2 } };
    expect(first("expert", { ...taught, queue: { id: "que_1", leftForMe: 1, leftForTeam: 1 } }).title).toBe(
      "Label 1 answer",
    );
    expect(first("expert", taught)).toMatchObject({ code: "teach", button: "Teach the judge" });
    expect(
      first("expert", { labels: { total: 9, withReason: 9, newWithReason: 9, answers: 9, experts: 2 } }).code,
    ).not.toBe("teach");
  });

  it("lets an engineer start a run, and tells an expert who can", () => {
    expect(first("engineer")).toMatchObject({ code: "run", button: "Start a run" });
    expect(first("expert")).toMatchObject({ code: "run", title: "An engineer can start a run" });
  });

  it("begins with records, then answers", () => {
    const unready = {
      readiness: { ready: false, headline: "None yet." } as Readiness,
      records: 0,
      answers: 0,
    };
    expect(first("expert", unready)).toMatchObject({ code: "records", title: "Write the first record" });
    expect(first("expert", { answers: 0 })).toMatchObject({ code: "answers", button: "Get answers" });
  });

  it("never leaves a person without one: an approver is told that nothing waits", () => {
    expect(first("approver", { judge: null })).toMatchObject({
      code: "nothing",
      title: "Nothing waits for you.",
    });
    expect(first("expert", { judge: null })).toMatchObject({ code: "nothing", title: "Try a question" });
  });
});

describe("the loop and the status sentence", () => {
  it("marks the step of the next action, and only that one", () => {
    const loop = prepareLoop(
      facts("expert", { queue: { id: "que_1", leftForMe: 6, leftForTeam: 6 } }),
      "label",
    );
    expect(loop.filter(({ isNext }) => isNext).map(({ step }) => step)).toEqual(["label"]);
    expect(loop.find(({ step }) => step === "label")).toMatchObject({
      state: "partly",
      words: "6 left for you",
      href: "/p/prj_1/label/que_1",
    });
  });

  it.each<[Partial<ProjectFacts>, string]>([
    [
      { activeRun: { id: "r", number: 7, paused: false, cause: null } },
      "Run 7 is looking for a better prompt.",
    ],
    [{ activeRound: { done: 3, total: 20 } }, "Answers are coming in: 3 of 20."],
    [
      { queue: { id: "q", leftForMe: 12, leftForTeam: 12 } },
      "12 answers wait for you; then the judge can be taught.",
    ],
    [{ records: 0 }, "Nothing is in here yet. It begins with records."],
    [
      {
        project: { ...facts("expert").project, isSample: true },
        judge: { id: "jdg_1", version: 1, guidelines: 0 },
        answers: 39,
        queue: { id: "q", leftForMe: 3, leftForTeam: 6 },
        labels: { total: 42, withReason: 42, newWithReason: 42, answers: 30, experts: 2 },
      },
      "Two experts have labelled 30 answers. 3 are left for you: 2 minutes.",
    ],
  ])("says where the project stands", (changes, sentence) => {
    expect(prepareStatus(facts("expert", changes))).toBe(sentence);
  });

  it("answers on which experts differ wait for who may settle them, before teaching; in the sample after it", () => {
    const split = {
      openDisagreements: 2,
      labels: { total: 12, withReason: 12, newWithReason: 10, answers: 10, experts: 2 },
    };
    const both = (given: Partial<ProjectFacts>, role: Role = "lead") =>
      prepareNextActions(facts(role, given))
        .map(({ code }) => code)
        .filter((code) => ["settle", "teach"].includes(code));
    expect(both(split)).toEqual(["settle", "teach"]);
    const { project } = facts("lead");
    expect(both({ ...split, project: { ...project, isSample: true } })).toEqual(["teach", "settle"]);
    expect(both(split, "expert")).toEqual(["teach"]);
  });
});
