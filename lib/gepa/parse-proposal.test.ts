import { expect, test } from "vitest";
import { fenceFor, readFences } from "./fences";
import { parseReply } from "./parse-proposal";

const block = (tag: string, text: string) => `\`\`\`${tag}\n${text}\n\`\`\``;
const report = {
  summary: "one\nline",
  changes: [{ sentence: "Be brief.", exampleIds: ["E1", 4], guidelineIds: "G1" }, { exampleIds: [] }, 7],
};

test("PR1 the tagged block is the text, whatever stands around it", () => {
  const reply = `Here is why.\n${block("changes", JSON.stringify(report))}\n${block("component", "\n\nBe brief.\nBe kind.\n")}\nDone.`;
  expect(parseReply(reply, false)).toEqual({
    status: "parsed",
    text: "Be brief.\nBe kind.",
    summary: "one line",
    changes: [{ sentence: "Be brief.", exampleRefs: ["E1"], guidelineRefs: [] }],
  });
});

test("PR1 one block without a tag, or with another one, is taken too", () => {
  expect(parseReply(block("", "Be brief."), false)).toMatchObject({ status: "parsed", text: "Be brief." });
  expect(parseReply(block("text", "Be brief."), false)).toMatchObject({
    status: "parsed",
    text: "Be brief.",
  });
  expect(
    parseReply(`~~~component\nBe brief.\n~~~\n${block("json", JSON.stringify(report))}`, false),
  ).toMatchObject({ text: "Be brief.", summary: "one line" });
});

test("PR1 a longer fence holds a text with fences of its own", () => {
  const text = `Answer like this:\n${block("json", "{}")}\nNothing else.`;
  const fence = fenceFor(text);
  expect(fence).toBe("````");
  expect(parseReply(`${fence}component\n${text}\n${fence}`, false)).toMatchObject({ status: "parsed", text });
  expect(readFences(text)).toMatchObject([{ tag: "json", text: "{}", isClosed: true }]);
});

test.each([
  ["PR2", "I am sorry, I cannot help with that.", false, "no-fence"],
  ["PR2", "A one-line ```fence``` is none.", false, "no-fence"],
  ["PR3", "Let me think about what the", true, "truncated"],
  ["PR3", "```component\nBe brief.\nBe", false, "truncated"],
  ["PR3", `\`\`\`component\nAnswer so:\n${block("json", "{}")}\n\`\`\``, false, "truncated"],
  ["PR4", block("component", "  \n "), false, "empty"],
  ["PR4", "  \n", false, "no-answer"],
] as const)("%s %j is unusable", (_rule, reply, isTruncated, reason) => {
  expect(parseReply(reply, isTruncated)).toMatchObject({ status: "unusable", reason });
});

test("PR3 a reply cut off after the text was closed is still good", () => {
  expect(parseReply(`${block("component", "Be brief.")}\n\`\`\`changes\n{"summ`, true)).toMatchObject({
    text: "Be brief.",
    summary: null,
    changes: [],
  });
});

test("PR5 a report that cannot be read counts as missing", () => {
  for (const json of ["{", "[]", "null", '"text"', '{"summary": 3, "changes": {}}']) {
    const reply = `${block("component", "Be brief.")}\n${block("changes", json)}`;
    expect(parseReply(reply, false)).toMatchObject({ status: "parsed", summary: null, changes: [] });
  }
});
