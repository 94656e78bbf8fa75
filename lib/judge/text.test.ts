import { describe, expect, it } from "vitest";
import { assembleJudgePrompt } from "./assemble";
import { newGuideline } from "./guidelines";
import { renderExpectations, renderInputs, renderSteps, toolsInSteps } from "./render";
import { partsOf, validateInstructions, variablesIn } from "./template";
import { label, oneCase, PASS_FAIL, sectionsOf, snapshot, textsOf } from "./testing/fake-judge";

describe("instructions", () => {
  it("TM1 the three variables are known, with or without blanks", () => {
    const text = "Is {{outputs}} good for {{ inputs }}? See {{  expectations  }}, and {{ outputs }} again.";
    expect(validateInstructions(text)).toEqual([]);
    expect(variablesIn(text)).toEqual(["outputs", "inputs", "expectations"]);
  });

  it("TM2 an unknown variable is refused with its position and what was probably meant", () => {
    const [problem] = validateInstructions("First line.\nIs {{ answer }} good?");
    expect(problem).toMatchObject({ code: "unknown-variable", line: 2, column: 4, start: 15, end: 27 });
    expect(problem!.message).toContain("Do you mean {{ outputs }}?");
    expect(validateInstructions("{{ trace }}")[0]!.message).toContain("Use {{ inputs }}");
    expect(validateInstructions("{{ inputs }} and {{ outputs")[0]).toMatchObject({
      code: "unclosed-variable",
      start: 17,
    });
    expect(validateInstructions("{{ inputs }} }}")[0]).toMatchObject({
      code: "unclosed-variable",
      start: 13,
    });
  });

  it("TM3 empty instructions, or without a variable, are refused", () => {
    expect(validateInstructions(" \n")[0]).toMatchObject({ code: "empty" });
    expect(validateInstructions("Be strict.")[0]).toMatchObject({ code: "no-variable" });
  });

  it("TM4 the parts for highlighting are the text again", () => {
    const text = "a {{ inputs }}{{ nope }} b";
    expect(
      partsOf(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
    expect(partsOf(text).map((part) => part.kind)).toEqual(["text", "variable", "unknown", "text"]);
  });
});

describe("records as text", () => {
  it("RE1 one question stands alone; a conversation names the roles; fields follow", () => {
    expect(renderInputs({ messages: [{ role: "user", content: "Why?" }] })).toBe("Why?");
    expect(
      renderInputs({
        messages: [
          { role: "user", content: "Why?" },
          { role: "assistant", content: "So." },
          { role: "user", content: "And?" },
        ],
      }),
    ).toBe("user:\n  Why?\n\nassistant:\n  So.\n\nuser:\n  And?");
    expect(
      renderInputs({ messages: [{ role: "user", content: "Why?" }], fields: { team: "Bears\nor so" } }),
    ).toBe("Why?\n\nFields:\n- team: Bears or so");
  });

  it("RE2 expectations have a heading a part, and nothing expected is empty", () => {
    expect(
      renderExpectations({
        expected_response: " names the play ",
        facts: ["the count", " "],
        mustNever: ["guess"],
      }),
    ).toBe("A good answer:\nnames the play\n\nMust mention:\n- the count\n\nMust never:\n- guess");
    expect(renderExpectations({ expected_response: "", facts: [], mustNever: [] })).toBe("");
  });

  it("RE3 steps are numbered; not saying and doing nothing are different", () => {
    expect(renderSteps(null)).toBeNull();
    expect(renderSteps([])).toBe("(no tool was called)");
    const steps = renderSteps([
      { tool: "look up", arguments: '{"a":1}', result: "two\nlines", ms: 12.4 },
      { tool: "book", arguments: "{}", result: "", ms: null },
    ]);
    expect(steps).toBe(
      '1. look up (12 ms)\n  arguments: {"a":1}\n  result: two\n  lines\n2. book\n  arguments: {}\n  result: ',
    );
    expect(toolsInSteps(steps!)).toEqual(["look up", "book"]);
  });
});

describe("the judge's prompt", () => {
  const episode = { ...label(1), value: 2, reason: "no counts", vector: null };
  const off = { ...newGuideline("j", "Off.", ["label-2"]), active: false };
  const base = snapshot({
    guidelines: [off, newGuideline("j", "State the count.", ["label-1"])],
    episodes: [episode],
    anchors: [{ value: 5, meaning: "could be used as it is" }],
  });
  const prompt = assembleJudgePrompt(base, oneCase({ steps: "1. look" }), [episode]);

  it("AS1 scale and instructions, then guidelines, then remembered answers, then the case", () => {
    expect(
      sectionsOf(prompt).map((section) => `${section.name}${section.ref ? ` ${section.ref}` : ""}`),
    ).toEqual([
      "scale",
      "instructions",
      "guideline G1",
      "episode-inputs P1",
      "episode-outputs P1",
      "episode-verdict P1",
      "inputs",
      "outputs",
      "expectations",
      "steps",
    ]);
    expect(JSON.parse(textsOf(prompt, "scale")[0]!)).toEqual(base.scale);
    expect(textsOf(prompt, "episode-verdict")).toEqual(["2\nno counts"]);
  });

  it("AS1 guidelines that are switched off are not shown", () => {
    expect(textsOf(prompt, "guideline")).toEqual(["State the count."]);
  });

  it("AS5 meanings and the good-enough line are said in words", () => {
    expect(prompt.messages[0]!.content).toContain(
      "Grades: 1 to 5, from worst to best.\n- 5: could be used as it is\nAn answer is good enough to be used from 4.",
    );
    const boolean = assembleJudgePrompt(snapshot({ scale: PASS_FAIL, goodEnough: null }), oneCase(), []);
    expect(boolean.messages[0]!.content).toContain("Grades, from worst to best: false (fail), true (pass).");
    const named = assembleJudgePrompt(
      snapshot({ scale: { kind: "categories", ordered: false, values: ["a", "b"] }, goodEnough: "b" }),
      oneCase(),
      [],
    );
    expect(named.messages[0]!.content).toContain("Only b is good enough");
  });

  it("AS4 the rationale comes before the value, in the words and in the schema", () => {
    expect(Object.keys(prompt.schema.schema.properties as object)).toEqual(["rationale", "value"]);
    expect(prompt.messages[0]!.content).toContain(
      '{"rationale": "…", "value": …}. Write the rationale first',
    );
  });

  it("AS3 empty expectations have no section", () => {
    expect(textsOf(assembleJudgePrompt(base, oneCase({ expectations: " " }), []), "expectations")).toEqual(
      [],
    );
  });
});
