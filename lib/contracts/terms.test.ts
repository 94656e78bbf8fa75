import { describe, expect, it } from "vitest";
import { ENGINEER_ONLY_WORDS, screenName, TERMS, type Term, type TermCode } from "./terms";

const entries = Object.entries(TERMS) as [TermCode, Term][];

/** Terms that are one thing on screen, by the table of words. */
const SAME_ON_SCREEN = new Set<TermCode>(["trace", "rollout"]);

describe("terms", () => {
  it("maps every word of the product's vocabulary", () => {
    const words = (
      "record inputs expectations trace label label-reason scale judge judge-version guideline episode " +
      "alignment agreement candidate seed-candidate component trainset valset sealed minibatch rollout " +
      "reflection proposal pareto-front metric-call budget run run-event prompt prompt-version alias " +
      "review approval promotion rollback"
    ).split(" ");
    expect(words.filter((word) => !(word in TERMS))).toEqual([]);
  });

  it("gives each thing one name on screen, and no name to two things", () => {
    const seen = new Map<string, TermCode>();
    const twice: string[] = [];
    for (const [code, term] of entries) {
      const other = seen.get(term.screen);
      if (other && !(SAME_ON_SCREEN.has(code) && SAME_ON_SCREEN.has(other))) twice.push(`${other}, ${code}`);
      seen.set(term.screen, code);
    }
    expect(twice).toEqual([]);
  });

  it.each(entries)("%s: name and meaning hold no word that experts never see", (_code, term) => {
    for (const word of ENGINEER_ONLY_WORDS) {
      expect(`${term.screen}. ${term.meaning}`).not.toMatch(new RegExp(`\\b${word}s?\\b`));
    }
  });

  it.each(entries)("%s: the meaning is whole sentences, short enough for a phone", (_code, term) => {
    expect(term.meaning).toMatch(/^[A-Z].*\.$/s);
    expect(term.meaning).not.toContain("!");
    expect(term.meaning.length).toBeLessThanOrEqual(110);
  });

  it.each(entries)("%s: a technical term is given only where it differs", (_code, term) => {
    expect(term.technical).not.toBe("");
    expect(term.technical).not.toBe(term.screen);
  });

  it("capitalises a name that begins a sentence", () => {
    expect(screenName("metric-call", "start")).toBe("Scored answer");
    expect(screenName("metric-call")).toBe("scored answer");
  });
});
