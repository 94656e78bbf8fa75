import { expect, test } from "vitest";
import { checkProposedText } from "./check-proposal";
import { isOtherLanguage } from "./language";
import type { ProposalGuidance } from "./options";
import { describeEdit } from "./sentences";
import type { ReflectionExample } from "./types";

const guidance: ProposalGuidance = {
  description: "",
  keepVariables: { system: ["topic", "{{ user.name }}"] },
  guidelines: [],
  maxComponentChars: 300,
  editStyle: "small-edits",
};
const inputs = "my flight to Lisbon was cancelled this morning and I need to be there before noon on Friday";
const shown: ReflectionExample[] = [
  { exampleId: "r1", inputs, expectations: "Offers a rebooking.", output: "", score: 0, feedback: "" },
];
const check = (after: string, before = "About {{topic}} for {{user.name}}.") =>
  checkProposedText({ component: "system", before, after, shown }, guidance)?.reason ?? null;

test("CK1 a variable may change its blanks, not its name", () => {
  expect(check("Speak about {{ topic }} with {{user.name}}.")).toBeNull();
  expect(check("Speak about topic with {{user.name}}.")).toBe("lost-variable");
  expect(check("Speak about {{topic}} with {{userXname}}.")).toBe("lost-variable");
});

test("CK2 the limit counts characters", () => {
  expect(check(`{{topic}} {{user.name}} ${"x".repeat(300)}`)).toBe("too-long");
});

test("CK4 a record's words are not copied, but what stood there before may stay", () => {
  const text = `{{topic}} {{user.name}} For example: ${inputs}.`;
  expect(check(text)).toBe("copied-example");
  expect(check(text, text.replace("For example", "Say"))).toBeNull();
  expect(check("{{topic}} {{user.name}} When a flight was cancelled, ask for the deadline.")).toBeNull();
});

const english =
  "Answer the question in a friendly way and say what the customer has to do next. If you are not sure, say so and offer help.";
const german =
  "Beantworte die Frage freundlich und sage, was die Kundin als Nächstes tun muss. Wenn du nicht sicher bist, sage es und biete Hilfe an, die der Kunde nutzen kann.";
const russian =
  "Ответьте на вопрос дружелюбно и скажите, что клиенту нужно сделать дальше. Если не уверены, скажите об этом.";

test("CK3 only a clear change of language counts", () => {
  expect(isOtherLanguage(english, german)).toBe(true);
  expect(isOtherLanguage(english, russian)).toBe(true);
  expect(isOtherLanguage(english, `${english} Say “Guten Tag”.`)).toBe(false);
  expect(isOtherLanguage("Be brief.", "Sei kurz und höflich.")).toBe(false);
  expect(isOtherLanguage("", german)).toBe(false);
});

test("an edit without a summary is described by counts, never by its words", () => {
  expect(describeEdit("One. Two.", "One. Three.\n- Four.")).toBe("Adds 2 sentences, removes 1");
  expect(describeEdit("One. Two.", "One.")).toBe("Removes 1 sentence");
  expect(describeEdit("One. Two.", "One.\nTwo.")).toBe("Changes the layout only");
});
