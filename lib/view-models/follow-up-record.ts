import type { CreateRecordInput, OptimizationRecord } from "@/lib/contracts/records";

/** The conversation of a record with one answer to it, and room for what is asked next; fields and tags go with it. */
export function prepareFollowUp(
  { inputs, tags }: Pick<OptimizationRecord, "inputs" | "tags">,
  answer: string,
): CreateRecordInput {
  return {
    inputs: {
      ...inputs,
      messages: [
        ...inputs.messages,
        { role: "assistant", content: answer.trim() },
        { role: "user", content: "" },
      ],
    },
    expectations: { v: 1, expected_response: "", facts: [], mustNever: [] },
    tags: [...tags],
    critical: false,
  };
}
