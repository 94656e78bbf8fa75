import type { SampleExpectations, SampleInputs } from "./sample-types";

/** Inputs of a single question. */
export function question(content: string): SampleInputs {
  return { messages: [{ role: "user", content }], fields: {} };
}

/** Inputs of a conversation: turns alternate and begin with the user. */
export function conversation(...turns: readonly string[]): SampleInputs {
  const messages = turns.map((content, index) => ({
    role: index % 2 === 0 ? ("user" as const) : ("assistant" as const),
    content,
  }));
  return { messages, fields: {} };
}

/** What a good answer does, what it must mention and what it must never do. */
export function expects(
  expected_response: string,
  facts: string[],
  mustNever: string[] = [],
): SampleExpectations {
  return { expected_response, facts, mustNever };
}
