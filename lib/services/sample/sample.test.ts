import { describe, expect, test } from "vitest";
import { createJudgeInput } from "@/lib/contracts/judges";
import { aboutSchema } from "@/lib/contracts/projects";
import { createRecordInput } from "@/lib/contracts/records";
import { clinicFixture } from "./clinic-fixture";
import { footballSample } from "./football-sample";
import type { SampleLabel, SampleProjectContent, SampleRecord } from "./sample-types";

const { records, answers, labels, judge, answeredKeys, waitingKeys, suggestedSealedKeys } = footballSample;
const recordsByKey = new Map(records.map((record) => [record.key, record]));
const answersByKey = new Map(answers.map((answer) => [answer.recordKey, answer.output]));

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

const tagCounts = (list: readonly SampleRecord[]) =>
  countBy(
    list.flatMap((record) => record.tags),
    (tag) => tag,
  );

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

function trigrams(text: string): Set<string> {
  const list = words(text);
  return new Set(list.slice(2).map((word, index) => `${list[index]} ${list[index + 1]} ${word}`));
}

function jaccard(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((gram) => b.has(gram)).length;
  const total = a.size + b.size - shared;
  return total === 0 ? 0 : shared / total;
}

function highestOverlap(texts: readonly string[]): number {
  const grams = texts.map(trigrams);
  return Math.max(...grams.flatMap((a, i) => grams.slice(i + 1).map((b) => jaccard(a, b))));
}

const conversationText = (record: SampleRecord) =>
  record.inputs.messages.map((message) => message.content).join(" ");
const expectationText = ({ expectations }: SampleRecord) =>
  [expectations.expected_response, ...expectations.facts, ...expectations.mustNever].join(" · ");

function labelPairs(): [SampleLabel, SampleLabel][] {
  return labels
    .filter((label) => label.expert === "ray")
    .flatMap((ray) => {
      const dana = labels.find((label) => label.expert === "dana" && label.recordKey === ray.recordKey);
      return dana ? [[ray, dana] as [SampleLabel, SampleLabel]] : [];
    });
}

const isGoodEnough = (label: SampleLabel) => label.grade >= judge.goodEnough;
const reasonsLike = (pattern: RegExp) => labels.filter((label) => pattern.test(label.reason)).length;
const recordsLike = (pattern: RegExp) =>
  records.filter((record) => pattern.test(expectationText(record))).length;

describe.each<[string, SampleProjectContent, number]>([
  ["football", footballSample, 60],
  ["clinic", clinicFixture, 24],
])("every sample project: %s", (_name, content, count) => {
  test("has its records, each with a key of its own", () => {
    expect(content.records).toHaveLength(count);
    expect(new Set(content.records.map((record) => record.key)).size).toBe(count);
    for (const record of content.records) expect(record.key).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test("keeps to the contracts of records, judges and the About card", () => {
    for (const record of content.records) {
      const inputs = { v: 1 as const, ...record.inputs };
      const expectations = { v: 1 as const, ...record.expectations };
      const parsed = createRecordInput.parse({
        inputs,
        expectations,
        tags: record.tags,
        critical: record.critical,
      });
      expect(parsed).toEqual({ inputs, expectations, tags: record.tags, critical: record.critical });
    }
    expect(createJudgeInput.parse(content.judge)).toEqual(content.judge);
    expect(aboutSchema.parse(content.project.about)).toEqual({ v: 1, ...content.project.about });
    for (const text of Object.values(content.project.about)) expect(text.length).toBeGreaterThan(0);
  });

  test("every record is usable: it ends with a question and says what a good answer does", () => {
    for (const { inputs, expectations, tags } of content.records) {
      expect(inputs.messages.map((message) => message.role)).toEqual(
        inputs.messages.map((_, i) => (i % 2 === 0 ? "user" : "assistant")),
      );
      expect(inputs.messages.at(-1)?.role).toBe("user");
      for (const message of inputs.messages) expect(message.content.trim()).not.toBe("");
      expect(words(expectations.expected_response).length).toBeGreaterThanOrEqual(10);
      expect(expectations.facts.length).toBeGreaterThanOrEqual(1);
      expect(expectations.facts.length).toBeLessThanOrEqual(4);
      for (const fact of expectations.facts) expect(words(fact).length).toBeLessThanOrEqual(7);
      expect(expectations.mustNever.length).toBeLessThanOrEqual(2);
      expect(tags.length).toBeGreaterThanOrEqual(1);
    }
    expect(content.records.filter((record) => record.critical).length).toBeGreaterThanOrEqual(2);
  });

  test("holds no near-duplicates, neither questions nor expectations", () => {
    expect(highestOverlap(content.records.map(conversationText))).toBeLessThan(0.6);
    expect(
      highestOverlap(content.records.map((record) => record.expectations.expected_response)),
    ).toBeLessThan(0.6);
  });

  test("the starting prompt has no variables; the judge uses all of its own and has a meaning for each grade", () => {
    expect(content.startingPrompt).not.toMatch(/\{\{/);
    expect(words(content.startingPrompt).length).toBeLessThanOrEqual(90);
    const variables = content.judge.instructions.match(/\{\{ \w+ \}\}/g);
    expect(variables).toEqual(["{{ inputs }}", "{{ outputs }}", "{{ expectations }}"]);
    expect(content.judge.scale).toEqual({ kind: "numeric", min: 1, max: 5, step: 1 });
    expect(content.judge.anchors.map((anchor) => anchor.value)).toEqual([1, 2, 3, 4, 5]);
    expect(content.judge.goodEnough).toBe(4);
  });
});

describe("records of the football sample", () => {
  test("12 tags of 3 to 9 records each", () => {
    const counts = tagCounts(records);
    expect(counts.size).toBe(12);
    for (const [tag, count] of counts) {
      expect(count, tag).toBeGreaterThanOrEqual(3);
      expect(count, tag).toBeLessThanOrEqual(9);
    }
  });

  test("at least six conversations of several turns", () => {
    expect(records.filter((record) => record.inputs.messages.length >= 3).length).toBeGreaterThanOrEqual(6);
  });

  test("requirements recur over records, so that a prompt which states one helps on many", () => {
    const families: Record<string, [RegExp, number]> = {
      "sample size": [
        /sample size|number of (plays|snaps|targets|attempts|punts|throws)|counted|counts?\b|attempts/i,
        30,
      ],
      "who gets the ball": [/who gets the ball|target|carrier|receiver|player involved|blitzer/i, 12],
      "a call": [/\bcall\b|coverage|assignment|adjustment/i, 20],
      "thin data": [/thin|small-sample|trusted|so few|trend/i, 8],
      "field zone": [/field zone|down and distance|field position/i, 4],
      "games covered": [/games/i, 8],
      comparison: [/average|league/i, 8],
      injuries: [/injury/i, 4],
      "a question back": [/question back/i, 4],
      "out of scope": [/polite refusal/i, 3],
      brevity: [/run past|short enough|two points|in a few lines|one line/i, 6],
      "what it leaves open": [/leaves open/i, 6],
      "a tell": [/\btell\b|giveaway|\bcue\b|first key/i, 5],
    };
    for (const [family, [pattern, atLeast]] of Object.entries(families)) {
      expect(recordsLike(pattern), family).toBeGreaterThanOrEqual(atLeast);
    }
  });
});

describe("answers of the football sample", () => {
  test("36 answers, to 36 records", () => {
    expect(answers).toHaveLength(36);
    expect(answersByKey.size).toBe(36);
    for (const answer of answers) expect(recordsByKey.has(answer.recordKey), answer.recordKey).toBe(true);
    expect(answeredKeys).toEqual(answers.map((answer) => answer.recordKey));
  });

  test("40 to 120 words each, in whole sentences, none like another", () => {
    for (const { recordKey, output } of answers) {
      expect(words(output).length, recordKey).toBeGreaterThanOrEqual(40);
      expect(words(output).length, recordKey).toBeLessThanOrEqual(120);
      expect(output, recordKey).toMatch(/^[A-Z0-9].*[.?]$/s);
    }
    expect(highestOverlap(answers.map((answer) => answer.output))).toBeLessThan(0.2);
  });

  test("18 other records can be sealed: none answered, none critical, and every tag on both sides", () => {
    expect(new Set(suggestedSealedKeys).size).toBe(18);
    for (const key of suggestedSealedKeys) {
      expect(recordsByKey.get(key)?.critical, key).toBe(false);
      expect(answersByKey.has(key), key).toBe(false);
    }
    const isSealed = (record: SampleRecord) => suggestedSealedKeys.includes(record.key);
    expect(tagCounts(records.filter(isSealed)).size).toBe(12);
    expect(tagCounts(records.filter((record) => !isSealed(record))).size).toBe(12);
  });
});

describe("labels of the football sample", () => {
  test("42 labels on 30 answers, 12 of them by both experts; six answers wait", () => {
    expect(labels).toHaveLength(42);
    const perRecord = countBy(labels, (label) => label.recordKey);
    expect(perRecord.size).toBe(30);
    expect([...perRecord.values()].filter((count) => count === 2)).toHaveLength(12);
    expect(labelPairs()).toHaveLength(12);
    expect(countBy(labels, (label) => `${label.expert} ${label.recordKey}`).size).toBe(42);
    expect([...waitingKeys].sort()).toEqual(answeredKeys.filter((key) => !perRecord.has(key)).sort());
    expect(waitingKeys).toHaveLength(6);
  });

  test("every label belongs to a recorded answer and a named expert, and has a short reason of its own", () => {
    const experts = new Set(footballSample.experts.map((expert) => expert.key));
    for (const label of labels) {
      expect(answersByKey.has(label.recordKey), label.recordKey).toBe(true);
      expect(experts.has(label.expert)).toBe(true);
      expect([1, 2, 3, 4, 5]).toContain(label.grade);
      expect(words(label.reason).length, label.reason).toBeGreaterThanOrEqual(5);
      expect(words(label.reason).length, label.reason).toBeLessThanOrEqual(30);
    }
    expect(new Set(labels.map((label) => label.reason)).size).toBe(42);
  });

  test("what a reason quotes, and the figures it names, stand in the answer or its record", () => {
    for (const { recordKey, reason } of labels) {
      const record = recordsByKey.get(recordKey);
      const source = `${answersByKey.get(recordKey)} ${record ? conversationText(record) : ""}`.toLowerCase();
      for (const [, quoted = ""] of reason.matchAll(/"([^"]+)"/g))
        expect(source, reason).toContain(quoted.toLowerCase());
      for (const [figure] of reason.matchAll(/\d+/g))
        expect(source, reason).toMatch(new RegExp(`\\b${figure}\\b`));
    }
  });

  test("the experts are on the same side of good enough on 11 of 12, and a grade apart on some of these", () => {
    const pairs = labelPairs();
    expect(pairs.filter(([ray, dana]) => isGoodEnough(ray) === isGoodEnough(dana))).toHaveLength(11);
    expect(pairs.filter(([ray, dana]) => Math.abs(ray.grade - dana.grade) === 1)).toHaveLength(2);
    expect(pairs.filter(([ray, dana]) => ray.grade === dana.grade)).toHaveLength(9);
  });

  test("about a third of the answers is good, a third middling, a third poor", () => {
    const thirds = countBy(
      [...recordsByKey.keys()].filter((key) => labels.some((label) => label.recordKey === key)),
      (key) => {
        const grades = labels.filter((label) => label.recordKey === key).map((label) => label.grade);
        const mean = grades.reduce<number>((sum, grade) => sum + grade, 0) / grades.length;
        return mean >= 4 ? "good" : mean >= 2.5 ? "middling" : "poor";
      },
    );
    for (const third of ["good", "middling", "poor"]) {
      expect(thirds.get(third), third).toBeGreaterThanOrEqual(8);
      expect(thirds.get(third), third).toBeLessThanOrEqual(12);
    }
  });

  test("complaints recur in families, so that guidelines can be distilled from several labels each", () => {
    expect(
      reasonsLike(
        /sample size|how many|no snaps?\b|number of snaps|no snap counts|not one attempt|without attempts/i,
      ),
    ).toBeGreaterThanOrEqual(8);
    expect(reasonsLike(/to call|a call\b|no call|make the call|keep on the field/i)).toBeGreaterThanOrEqual(
      6,
    );
    expect(
      reasonsLike(/who gets the ball|who comes free|name the player|no player|wrong player/i),
    ).toBeGreaterThanOrEqual(5);
    expect(reasonsLike(/thin|no tendency/i)).toBeGreaterThanOrEqual(5);
    expect(reasonsLike(/which games|the games it covers|with its game/i)).toBeGreaterThanOrEqual(4);
    expect(reasonsLike(/league|season average/i)).toBeGreaterThanOrEqual(4);
    expect(reasonsLike(/injury report/i)).toBeGreaterThanOrEqual(2);
    expect(reasonsLike(/too long|three sentences|two sentences|padding/i)).toBeGreaterThanOrEqual(3);
  });

  test("three wishes contradict each other: length, league averages, list of games", () => {
    const says = (expert: string, pattern: RegExp) =>
      labels.some((label) => label.expert === expert && pattern.test(label.reason));
    expect(says("ray", /keep it to three sentences/i) && says("dana", /list every formation/i)).toBe(true);
    expect(says("ray", /leave the league averages out/i) && says("dana", /league average beside it/i)).toBe(
      true,
    );
    expect(says("ray", /cut the list of games/i) && says("dana", /which games/i)).toBe(true);
  });
});
