import { describe, expect, it } from "vitest";
import type { ReviewView } from "@/lib/contracts/reviews";
import { prepareReviewMarkdown } from "./review-markdown";
import {
  agreementSentence,
  approvalsSentence,
  laterWords,
  offerSentence,
  perAnswerSentence,
  pickUpSentence,
  promoteSentences,
  tagWords,
} from "./review-words";

const offer: ReviewView["offer"] = {
  look: 1,
  sealed: 18,
  critical: 4,
  answers: 42,
  usd: 0.2,
  host: "api.example.com",
  simulated: false,
  needed: true,
  blocked: null,
  note: null,
};
const gate: ReviewView["gate"] = {
  open: false,
  blockers: [],
  approvals: [],
  approvalsNeeded: 1,
  selfApprovalOffered: false,
  overrideAllowed: false,
  waysRound: "override by an admin, used 0 times; self-approval is off",
  targetAlias: "production",
};
const evidence = {
  look: 1,
  verdict: "better",
  headline: "Better.",
  sentence:
    "On 18 sealed records: 11 better, 2 worse, 5 the same. 3.4 → 4.1; the true gain is likely between 0.3 and 1.1. First look at these records.",
  counts: { better: 11, worse: 2, same: 5, notScored: 0 },
  byTag: [
    { tag: "red zone", better: 5, worse: 0, same: 0, tooFew: false },
    { tag: "injuries", better: 1, worse: 0, same: 0, tooFew: true },
  ],
  losses: [
    {
      recordId: "r",
      question: "Goal-line personnel",
      before: "4",
      after: "2",
      confirmed: true,
      readings: "",
      accepted: { reason: "Rare.", by: "Ray" },
    },
  ],
  perAnswer: {
    before: { costUsd: 0.003, ms: 2000, tokens: null },
    after: { costUsd: 0.004, ms: 2100, tokens: null },
  },
} as unknown as NonNullable<ReviewView["evidence"]>;
const review = {
  number: 12,
  promptName: "football",
  simulated: false,
  decisionSentence: "Replaces v13 in production.",
  author: "Jonas",
  baseline: { versionId: "pv", version: 13, text: "Give tendencies with percentages.", since: 1 },
  text: "Give tendencies with percentages, each with the number of plays behind it.",
  nextVersion: 14,
  evidence,
  judge: { name: "Usable", version: 4, agreement: { n: 30, sameSide: 27, sameGrade: 21 } },
  checks: [{ code: "length", status: "warns", sentence: "41 % longer" }],
  gate,
  offer,
  readers: [
    { alias: "production", reader: "agent-a", version: 14, firstAt: 41_000, lastAt: 41_000 },
    { alias: "production", reader: "agent-b", version: 13, firstAt: 1, lastAt: 1 },
  ],
  promotion: {
    version: 14,
    fromVersion: 13,
    alias: "production",
    at: 1_000,
    by: "Dr Meier",
    reason: "x",
    selfApproved: false,
    overridden: false,
    isCurrent: true,
  },
} as unknown as ReviewView;

describe("the sentences of a review (ux.md 7.6 and section 5)", () => {
  it("the judge's agreement, as counts; and that it was never compared", () => {
    expect(agreementSentence(review.judge)).toBe(
      "Judge v4 sides with your experts on 27 of 30 unseen answers",
    );
    expect(agreementSentence({ name: "x", version: 1, agreement: null })).toBe(
      "Judge v1 was not compared with your experts yet",
    );
  });

  it("what an answer costs, beside what it cost; what is not known is left out", () => {
    expect(perAnswerSentence(review)).toBe(
      "An answer costs $0.004, was $0.003 · takes 2.1 s, was 2.0 s · prompt 12 words, 4",
    );
    expect(perAnswerSentence({ ...review, evidence: null })).toBe("Prompt 12 words, 4");
  });

  it("the price of a look names host, count and price", () => {
    expect(offerSentence(offer)).toContain(
      "18 sealed records are answered and graded under both prompts, and 4 records that must never fail: 42 answers",
    );
    expect(offerSentence(offer)).toContain("About $0.20. They go to api.example.com. This is the first look");
    expect(
      offerSentence({ ...offer, simulated: true, host: "the simulated models inside this program" }),
    ).toContain("nothing leaves this computer");
    expect(offerSentence({ ...offer, usd: null })).toContain("No price is known");
  });

  it("the promote dialog: readers, evidence, losses by name, the way back", () => {
    expect(promoteSentences(review)).toEqual([
      "2 agents read it here; both have v14 within a minute of asking again.",
      "Evidence: better on 18 sealed records (11 better, 2 worse).",
      "You accept 1 loss by name: “Goal-line personnel”.",
      "You can roll back at any time.",
    ]);
  });

  it("who took it, and who not yet", () => {
    expect(pickUpSentence(review)).toBe("agent-a took it 40 seconds later; agent-b not yet.");
    expect([laterWords(1_000), laterWords(180_000), laterWords(7_200_000)]).toEqual([
      "1 second",
      "3 minutes",
      "2 hours",
    ]);
  });

  it("who said yes and who is missing", () => {
    expect(approvalsSentence(review)).toBe("Said yes: nobody yet · Missing: 1 approver, not Jonas (author)");
    const approvals = [{ by: "Jonas", at: 1, self: true, override: false }];
    expect(approvalsSentence({ ...review, gate: { ...gate, approvals } })).toBe(
      "Said yes: Jonas (own change)",
    );
  });

  it("tags with few records say nothing", () => {
    expect(evidence.byTag.map((tag) => tagWords(tag).text)).toEqual([
      "red zone 5–0",
      "injuries: too few to tell",
    ]);
  });

  it("copies as Markdown with verdict, losses and the change", () => {
    const markdown = prepareReviewMarkdown(review);
    expect(markdown).toContain("## Review 12: football\n");
    expect(markdown).toContain("**Better.** On 18 sealed records");
    expect(markdown).toContain("- “Goal-line personnel” 4 → 2, accepted by Ray: Rare.");
    expect(markdown).toContain(
      "```diff\n- Give tendencies with percentages.\n+ Give tendencies with percentages, each",
    );
    expect(prepareReviewMarkdown({ ...review, text: "Use ``` fences." })).toContain("````diff");
  });
});
