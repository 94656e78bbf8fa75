import { describe, expect, test } from "vitest";
import { fenceData, readDataSections } from "@/lib/util/fence";
import { instructionsOf } from "./task/instructions";
import { climb, createWorld, meanOf, readReflection } from "./testing/mini-loop";
import { housing, rowing, type SmallProject } from "./testing/small-projects";
import { sentencesOf, wordCount } from "./text/sentences";

const SEEDS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

async function meanOfPrompt(
  seed: string,
  project: SmallProject,
  prompt: string,
  guidelines = project.guidelines,
): Promise<number> {
  const world = createWorld(seed);
  return meanOf(await Promise.all(project.records.map((record) => world.grade(prompt, record, guidelines))));
}

async function meanOverSeeds(
  project: SmallProject,
  prompt: string,
  guidelines = project.guidelines,
): Promise<number> {
  const means = await Promise.all(SEEDS.map((seed) => meanOfPrompt(seed, project, prompt, guidelines)));
  return means.reduce((total, mean) => total + mean, 0) / means.length;
}

describe.each([
  ["rowing", rowing],
  ["housing", housing],
] as const)("prompts in the field of %s", (_name, project) => {
  test("one with the right sentences scores clearly higher than the bare one, on every seed", async () => {
    for (const seed of SEEDS) {
      const bare = await meanOfPrompt(seed, project, project.startingPrompt);
      expect(await meanOfPrompt(seed, project, project.goodPrompt)).toBeGreaterThan(bare + 0.7);
    }
  });

  test("one that contradicts itself or drowns its orders scores lower again", async () => {
    const good = await meanOverSeeds(project, project.goodPrompt);
    const contradicting = `${project.goodPrompt}\nKeep every answer in at most two sentences.\nGo into great detail and be exhaustive.`;
    const chores = Array.from(
      { length: 30 },
      (_, index) =>
        `Mention the ${["weather", "tide", "colour", "price", "smell", "age"][index % 6]} of item ${index}.`,
    );
    expect(await meanOverSeeds(project, contradicting)).toBeLessThan(good - 0.2);
    expect(await meanOverSeeds(project, [...chores, project.goodPrompt].join("\n"))).toBeLessThan(good - 0.2);
  });

  test("without guidelines the judge is kinder to the same answers", async () => {
    const taught = await meanOverSeeds(project, project.startingPrompt);
    expect(await meanOverSeeds(project, project.startingPrompt, [])).toBeGreaterThan(taught + 0.7);
  });

  test("reflections learn: a bare hill climb lifts the score on records it never saw, in at least 9 of 10 seeds", async () => {
    const practice = project.records.slice(0, -3);
    const held = project.records.slice(-3);
    const gains = await Promise.all(
      SEEDS.map(async (seed) => {
        const world = createWorld(seed);
        const result = await climb(world, project.startingPrompt, practice, 6, project.guidelines);
        expect(result.finalMean).toBeGreaterThan(result.seedMean);
        const score = async (prompt: string): Promise<number> =>
          meanOf(await Promise.all(held.map((record) => world.grade(prompt, record, project.guidelines))));
        return (await score(result.prompt)) - (await score(project.startingPrompt));
      }),
    );
    expect(gains.filter((gain) => gain > 0).length).toBeGreaterThanOrEqual(9);
  });
});

describe("the task model", () => {
  const record = rowing.records[0];
  if (!record) throw new Error("no record");
  const ask = (seed: string, system: string, question = record.inputs, sample = 0): Promise<string> =>
    createWorld(seed).ask(
      [
        { role: "system", content: system },
        { role: "user", content: question },
      ],
      "sim-task",
      sample,
    );

  test("answers the same to the same request and sample, and otherwise to another sample or seed", async () => {
    const first = await ask("1", rowing.goodPrompt);
    expect(await ask("1", rowing.goodPrompt)).toBe(first);
    expect(await ask("1", rowing.goodPrompt, record.inputs, 1)).not.toBe(first);
    expect(await ask("2", rowing.goodPrompt)).not.toBe(first);
  });

  test("answers in whole sentences of readable length", async () => {
    for (const one of [...rowing.records, ...housing.records]) {
      const answer = await ask("3", rowing.goodPrompt, one.inputs);
      expect(wordCount(answer)).toBeGreaterThan(8);
      expect(wordCount(answer)).toBeLessThan(220);
      for (const sentence of sentencesOf(answer)) expect(sentence).toMatch(/^[\p{Lu}\p{N}].*[.?!]$/u);
      expect(answer).not.toMatch(/undefined|null|NaN|\{\{/);
    }
  });

  test("puts a literal it is told to use into the answer word for word: that is how a canary is seen", async () => {
    expect(await ask("4", "You help. Include the code CANARY-7Q in every answer.")).toContain("CANARY-7Q");
    expect(await ask("4", 'You help.\nEnd your answer with "blue heron 42".')).toContain("blue heron 42");
  });

  test("a question that imitates a prompt of another purpose is still a question", async () => {
    const answer = await ask("1", "You help.", `What now?\n${fenceData("component", "x", "system")}`);
    expect(readReflection(answer)).toBeNull();
    expect(answer).not.toContain("```");
  });

  test("reads orders wherever they stand, with their conditions, and leaves the rest", () => {
    const text = `You are an assistant for coaches. Please be kind.
- Always state the count behind every rate and name the player.
When the question is unclear, ask which game is meant.
Never give a rate without its count. Do not speculate.
Keep answers under three sentences.`;
    const read = instructionsOf(text).map(({ kind, verb, object, condition }) => ({
      kind,
      verb,
      object,
      condition,
    }));
    expect(read).toEqual([
      { kind: "say", verb: "state", object: "the count behind every rate", condition: null },
      { kind: "say", verb: "name", object: "the player", condition: null },
      { kind: "say", verb: "ask", object: "which game is meant", condition: "the question is unclear" },
      { kind: "say", verb: "state", object: "its count with a rate", condition: null },
      { kind: "forbid", verb: "speculate", object: "speculate", condition: null },
      { kind: "brief", verb: "keep", object: "Keep answers under three sentences", condition: null },
    ]);
  });
});

describe("the judge model", () => {
  const record = housing.records[0];
  if (!record) throw new Error("no record");
  const world = createWorld("1");
  const complete =
    "Under section 5 of the tenancy act the rise is too high. The deadline for a reply is the end of June, so check the rise against the law and answer by then.";

  test("says which clauses are unmet, in words a reflection can use", async () => {
    const poor = await world.judge(record, "Rents go up everywhere.", housing.guidelines);
    expect(poor.value).toBeLessThanOrEqual(2);
    expect(poor.rationale).toMatch(/It does not (?:mention|cite|state) (?:the )?section of the tenancy act/i);
    const rich = await world.judge(record, complete, housing.guidelines);
    expect(rich.value).toBeGreaterThanOrEqual(4);
  });

  test("a must-never that is done costs grades", async () => {
    const petra = rowing.records.find((one) => one.key === "r4");
    if (!petra) throw new Error("no record");
    const fine =
      "The rower it is about is Petra. Move her to bow seat: it settles the boat one way, and what it costs is rate. That is the change for the next session.";
    const guessing = `${fine} My guess is that it will work, but that is just a hunch.`;
    const [a, b] = await Promise.all([
      world.judge(petra, fine, rowing.guidelines),
      world.judge(petra, guessing, rowing.guidelines),
    ]);
    expect(b.value).toBeLessThan(a.value);
    expect(b.rationale).toContain("It guesses");
  });

  test("remembered answers pull the grade towards their verdicts", async () => {
    const grade = async (verdict: string): Promise<number> => {
      const sections = [
        fenceData("scale", JSON.stringify({ kind: "numeric", min: 1, max: 10, step: 1 })),
        fenceData("episode-inputs", "Another question", "P1"),
        fenceData("episode-outputs", complete, "P1"),
        fenceData("episode-verdict", verdict, "P1"),
        fenceData("inputs", record.inputs),
        fenceData("outputs", complete),
        fenceData("expectations", record.expectations),
      ];
      return (
        JSON.parse(await world.ask([{ role: "user", content: sections.join("\n") }])) as { value: number }
      ).value;
    };
    expect(await grade("1\nwrong")).toBeLessThan((await grade("10\nperfect")) - 2);
  });

  test.each([
    [{ kind: "boolean", trueLabel: "yes", falseLabel: "no" }, [true, false]],
    [{ kind: "categories", ordered: true, values: ["poor", "fair", "fine"] }, ["poor", "fair", "fine"]],
    [{ kind: "numeric", min: 0, max: 1, step: 0.25 }, [0, 0.25, 0.5, 0.75, 1]],
  ] as const)("gives a value of the scale %j, rationale first", async (scale, values) => {
    const sections = [
      fenceData("scale", JSON.stringify(scale)),
      fenceData("inputs", "Why?"),
      fenceData("outputs", complete),
    ];
    const reply = await world.ask([{ role: "user", content: sections.join("\n") }]);
    const verdict = JSON.parse(reply) as { value: never };
    expect(Object.keys(verdict)).toEqual(["rationale", "value"]);
    expect(values).toContain(verdict.value);
  });
});

describe("distilling and consolidating", () => {
  const label = (ref: string, grade: number, reason: string): string =>
    [
      fenceData("label-inputs", "A question", ref),
      fenceData("label-outputs", "An answer", ref),
      fenceData("label-grade", String(grade), ref),
      fenceData("label-reason", reason, ref),
    ].join("\n");
  const distil = async (...labels: string[]): Promise<{ text: string; sourceLabelIds: string[] }[]> => {
    const reply = await createWorld("1").ask([{ role: "user", content: labels.join("\n") }]);
    return (JSON.parse(reply) as { guidelines: { text: string; sourceLabelIds: string[] }[] }).guidelines;
  };

  test("complaints that ask the same become one guideline that cites them all", async () => {
    const found = await distil(
      label("L1", 2, "No sample size on the rates."),
      label("L2", 2, "62 percent of how many pieces?"),
      label("L3", 1, "Made up. Nobody can know that."),
      label("L4", 3, "Too long, I read this on the water."),
      label("L5", 2, "It never counts the pieces, so the rate means nothing."),
      label("L6", 1, "Guesses at the wind."),
      label("L7", 3, "Half of it is padding."),
    );
    const sources = found.map((guideline) => guideline.sourceLabelIds.filter((id) => id !== "L0").join(","));
    expect(sources).toEqual(expect.arrayContaining(["L1,L2,L5", "L3,L6", "L4,L7"]));
    expect(found.every((guideline) => /^[A-Z].*\.$/.test(guideline.text))).toBe(true);
  });

  test("what an existing guideline says is not said again", async () => {
    const found = await distil(
      fenceData("existing-guideline", "Never guess: where nothing is known, say so.", "G1"),
      label("L1", 1, "Made up."),
      label("L2", 1, "A guess."),
    );
    expect(found.filter((guideline) => /guess/i.test(guideline.text))).toEqual([]);
  });

  test("paraphrases are merged, contradictions are pointed out", async () => {
    const guideline = (ref: string, text: string, support: number): string =>
      fenceData("guideline", text, ref) + fenceData("guideline-support", String(support), ref);
    const reply = await createWorld("1").ask([
      {
        role: "user",
        content: [
          guideline("G1", "State the sample size with every rate.", 3),
          guideline("G2", "Always give the number behind a percentage.", 2),
          guideline("G3", "Keep the answer short, in at most three sentences.", 2),
          guideline("G4", "List every option there is.", 1),
        ].join("\n"),
      },
    ]);
    const consolidated = JSON.parse(reply) as {
      guidelines: { mergedFrom: string[] }[];
      conflicts: { between: string[]; why: string }[];
    };
    expect(consolidated.guidelines.map((one) => one.mergedFrom)).toContainEqual(["G1", "G2"]);
    expect(consolidated.conflicts.map((one) => one.between)).toEqual([["G3", "G4"]]);
  });
});

describe("the reflection model", () => {
  const graded = rowing.records.slice(0, 5).map((record) => ({
    record,
    output: "About 60 percent.",
    value: 2,
    rationale:
      "It does 0 of the 3 things. It does not mention number of pieces. It does not mention rower it is about.",
  }));
  const reflect = async (
    seed: string,
    rejected: string[] = [],
    prompt = rowing.startingPrompt,
  ): Promise<string> => createWorld(seed).reflect(prompt, graded, [], rejected);

  test("replies with the whole new text and its changes, each citing the examples it answers", async () => {
    const replies = await Promise.all(SEEDS.map((seed) => reflect(seed)));
    const read = replies.map(readReflection).filter((one) => one !== null);
    expect(read.length).toBeGreaterThanOrEqual(8);
    expect(read.filter((one) => /pieces/i.test(one.text)).length).toBeGreaterThanOrEqual(6);
    for (const one of read) {
      expect(one.text).toContain("You help the coaches of a rowing club.");
      const { summary, changes } = one.changes as {
        summary: string;
        changes: { sentence: string; exampleIds: string[] }[];
      };
      expect(summary).not.toBe("");
      for (const change of changes) {
        expect(one.text).toContain(change.sentence);
        for (const id of change.exampleIds) expect(id).toMatch(/^E[1-5]$/);
      }
    }
  });

  test("does not propose again what was rejected, and uses a longer fence where the text has one", async () => {
    const rejected = [
      "Give the number of pieces (it did not help)",
      "State the rower it is about (it did not help)",
    ];
    const replies = (await Promise.all(SEEDS.map((seed) => reflect(seed, rejected)))).map(readReflection);
    for (const one of replies) expect(one?.text ?? "").not.toMatch(/number of pieces/i);
    const fenced = await reflect("1", [], "Answer in this form:\n```\nline\n```\nName the crew.");
    expect(fenced).toContain("````component");
  });

  test("heeds a hint of a person", async () => {
    const prompt = [
      fenceData("component", "You help.", "system"),
      fenceData("hint", "Mention the wind on the day."),
    ].join("\n");
    const replies = await Promise.all(
      SEEDS.map((seed) => createWorld(seed).ask([{ role: "user", content: prompt }])),
    );
    expect(
      replies.filter((reply) => reply.includes("Mention the wind on the day.")).length,
    ).toBeGreaterThanOrEqual(7);
  });

  test("asked for a shorter text it takes out what left no trace in answers and gradings, and adds nothing", async () => {
    const text = [
      "You help the coaches of a rowing club for {{ club }}.",
      "- State the number of pieces.",
      "- Mind the colour of the boathouse above all.",
      "- Greet {{ reader }} warmly, whatever the weather.",
    ].join("\n");
    const prompt = [
      fenceData("component", text, "system"),
      fenceData("keep-variable", "{{ reader }}"),
      fenceData("example-output", "There were eight pieces, a number as planned.", "E1"),
      fenceData("example-feedback", "It states the number of pieces.", "E1"),
      fenceData("wanted-length", "90 characters"),
    ].join("\n");
    const reply = readReflection(await createWorld("2").ask([{ role: "user", content: prompt }]));
    expect(reply?.text).toBe(text.split("\n").toSpliced(2, 1).join("\n"));
    expect(reply?.changes).toEqual({
      summary: "Takes out “Mind the colour of the boathouse above all”",
      changes: [],
    });
  });

  test("a crossover takes over what only the second text asks for", async () => {
    const prompt = [
      fenceData("component", "Name the crew.", "system"),
      fenceData("other-component", "State the deadline.\nName the crew."),
    ].join("\n");
    const reply = await createWorld("2").ask([{ role: "user", content: prompt }]);
    expect(readReflection(reply)?.text).toContain("State the deadline.");
    expect(readDataSections(reply)).toEqual([]);
  });
});
