import { expect, it } from "vitest";
import { createRecordInput } from "@/lib/contracts/records";
import { prepareFollowUp } from "./follow-up-record";

it("keeps the conversation, puts the answer into it and leaves room for what is asked next", () => {
  const record = {
    inputs: { v: 1 as const, messages: [{ role: "user" as const, content: "Who?" }], fields: { team: "A" } },
    tags: ["blitz"],
  };
  const made = prepareFollowUp(record, " The left guard. ");
  expect(createRecordInput.parse(made)).toEqual(made);
  expect(made.inputs).toEqual({
    v: 1,
    messages: [
      { role: "user", content: "Who?" },
      { role: "assistant", content: "The left guard." },
      { role: "user", content: "" },
    ],
    fields: { team: "A" },
  });
  expect(made.tags).toEqual(["blitz"]);
  expect(made.expectations.expected_response).toBe("");
});
