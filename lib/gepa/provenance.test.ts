import { expect, test } from "vitest";
import { verifyChange } from "./provenance";
import type { ReflectionExample } from "./types";

const example = (exampleId: string, feedback: string): ReflectionExample => ({
  exampleId,
  inputs: "",
  expectations: "",
  output: "",
  score: 0,
  feedback,
});
const sources = {
  examples: [example("rec_a", "The refund deadline is missing."), example("rec_b", "Too long.")],
  guidelines: [{ id: "gl_1", text: "Name every deadline of a refund with its date." }],
};
const text = "Be kind.\nAlways state the refund   deadlines.";
const verify = (sentence: string, exampleRefs: string[], guidelineRefs: string[] = []) =>
  verifyChange({ sentence, exampleRefs, guidelineRefs }, text, sources);

test("PV1 refs are mapped to ids, and overlap with one source verifies", () => {
  expect(verify("Always state the refund deadlines.", ["E1"], ["G1"])).toEqual({
    sentence: "Always state the refund deadlines.",
    exampleIds: ["rec_a"],
    guidelineIds: ["gl_1"],
    verified: true,
  });
});

test("PV1 no overlap, a wrong ref, no ref, or a sentence that is not there: unverified", () => {
  expect(verify("Always state the refund deadlines.", ["E2"]).verified).toBe(false);
  expect(verify("Always state the refund deadlines.", ["E1", "E9"])).toMatchObject({
    exampleIds: ["rec_a"],
    verified: false,
  });
  expect(verify("Always state the refund deadlines.", []).verified).toBe(false);
  expect(verify("Name the refund deadline.", ["E1"]).verified).toBe(false);
});
