import { describe, expect, it } from "vitest";
import type { ReviewView } from "@/lib/contracts/reviews";
import { prepareByComment } from "./review-by-comment";

const words = (reason: string, at: number) => ({ author: "Ray", reason, at });
const source = (sentence: string, ...guidelines: ReviewView["sources"][number]["guidelines"]) => ({
  sentence,
  verified: true,
  records: [],
  guidelines,
});

describe("prepareByComment", () => {
  it("leads from each comment to its guideline and to every sentence that follows it", () => {
    const size = { id: "g1", text: "State the sample size.", words: [words("no sample size", 1)], others: 0 };
    const both = {
      id: "g2",
      text: "Be brief.",
      words: [words("too long", 3), words("padding", 2)],
      others: 0,
    };
    const traces = prepareByComment([
      source("Name the sample size.", size),
      source("Say how many plays.", size),
      source("Use three sentences.", both),
    ]);
    expect(traces.map(({ words: said, sentences }) => [said, sentences])).toEqual([
      ["no sample size", ["Name the sample size.", "Say how many plays."]],
      ["padding", ["Use three sentences."]],
      ["too long", ["Use three sentences."]],
    ]);
    expect(traces[0]).toMatchObject({ author: "Ray", guidelines: ["State the sample size."] });
  });

  it("is empty where no sentence rests on a comment", () => {
    expect(prepareByComment([source("x", { id: "g", text: "y", words: [], others: 0 })])).toEqual([]);
  });
});
