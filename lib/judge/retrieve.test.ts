import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { cachedEmbeddings } from "./embed-cache";
import { createEpisodeIndex, EPISODES_SHOWN, isForeign } from "./retrieve";
import { CALM, oneCase, snapshot } from "./testing/fake-judge";
import type { Episode } from "./types";

function episode(id: string, changes: Partial<Episode> = {}): Episode {
  return {
    labelId: id,
    traceId: `t-${id}`,
    recordId: `r-${id}`,
    inputs: `question ${id}`,
    outputs: `answer ${id}`,
    value: 3,
    reason: "",
    vector: null,
    ...changes,
  };
}

async function near(episodes: Episode[], changes: Parameters<typeof oneCase>[0] = {}): Promise<string[]> {
  const found = await createEpisodeIndex(snapshot({ episodes })).nearest(oneCase(changes), CALM);
  return found.map((one) => one.labelId);
}

describe("remembered answers", () => {
  it("EP1 nearness is by inputs and outputs: of two answers to like questions, the like answer comes first", async () => {
    const episodes = [
      episode("good", { inputs: "Who blitzes on second down?", outputs: "The slot corner, 12 of 40 snaps." }),
      episode("bad", {
        inputs: "Who blitzes on second down?",
        outputs: "Stay disciplined and play your game.",
      }),
      episode("far", { inputs: "Which punter has a left foot?", outputs: "Number nine." }),
    ];
    const question = "Who blitzes on third down?";
    expect(
      await near(episodes, { inputs: question, outputs: "Play disciplined, stay in your game." }),
    ).toEqual(["bad", "good"]);
    expect(await near(episodes, { inputs: question, outputs: "The slot corner, on 9 of 31 snaps." })).toEqual(
      ["good", "bad"],
    );
  });

  it("EP1 at most five are shown", async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      episode(String(index), { outputs: `inside zone ${index}` }),
    );
    expect(await near(many, { outputs: "inside zone" })).toHaveLength(EPISODES_SHOWN);
  });

  it("EP2 never the trace itself, its record, or another with the same inputs", async () => {
    const same = oneCase();
    const episodes = [
      episode("own", { traceId: same.traceId!, inputs: "other", outputs: same.outputs }),
      episode("record", { recordId: same.recordId, outputs: same.outputs }),
      episode("inputs", { inputs: ` ${same.inputs.toUpperCase()}\n`, outputs: same.outputs }),
      episode("other", { outputs: same.outputs }),
    ];
    expect(await near(episodes)).toEqual(["other"]);
  });

  it("EP2 holds for any memory and case, with words and with vectors", async () => {
    const ids = fc.record({ trace: fc.nat(4), record: fc.nat(4), question: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(fc.array(ids, { maxLength: 20 }), ids, async (rows, own) => {
        const episodes = rows.map((row, index) =>
          episode(String(index), {
            traceId: `t${row.trace}`,
            recordId: `r${row.record}`,
            inputs: `question ${row.question}`,
            outputs: "zone",
            vector: [1, row.question],
          }),
        );
        const one = oneCase({
          traceId: `t${own.trace}`,
          recordId: `r${own.record}`,
          inputs: `question ${own.question}`,
          outputs: "zone",
        });
        const vectors = snapshot({ episodes, retrieval: { kind: "embedding", model: "m" } });
        const embeddings = { name: "m", embed: async (texts: readonly string[]) => texts.map(() => [1, 1]) };
        for (const index of [
          createEpisodeIndex(snapshot({ episodes })),
          createEpisodeIndex(vectors, embeddings),
        ]) {
          const found = await index.nearest(one, CALM);
          expect(found.every((other) => isForeign(other, one))).toBe(true);
          expect(found.length).toBe(
            Math.min(EPISODES_SHOWN, episodes.filter((other) => isForeign(other, one)).length),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it("EP1 with vectors the nearest direction comes first", async () => {
    const episodes = [
      episode("a", { vector: [1, 0] }),
      episode("b", { vector: [0.9, 0.5] }),
      episode("c", { vector: [-1, 0] }),
    ];
    const base = snapshot({ episodes, retrieval: { kind: "embedding", model: "m" } });
    const found = await createEpisodeIndex(base, { name: "m", embed: async () => [[2, 1]] }).nearest(
      oneCase(),
      CALM,
    );
    expect(found.map((one) => one.labelId)).toEqual(["b", "a", "c"]);
  });

  it("EP3 another embedding model than the remembered one is refused in words", async () => {
    const base = snapshot({
      episodes: [episode("a", { vector: [1] })],
      retrieval: { kind: "embedding", model: "old" },
    });
    await expect(
      createEpisodeIndex(base, { name: "new", embed: async () => [[1]] }).nearest(oneCase(), CALM),
    ).rejects.toThrow("new is connected. Teach the judge again");
  });

  it("EP1 scripts without blanks are found too", async () => {
    const episodes = [
      episode("zh", { inputs: "第三档短码他们怎么打", outputs: "内线跑" }),
      episode("en", { inputs: "punts", outputs: "left foot" }),
    ];
    expect(await near(episodes, { inputs: "第三档长码呢", outputs: "传球" })).toEqual(["zh"]);
  });

  it("no text that shares no word is shown, and an empty memory asks for nothing", async () => {
    expect(
      await near([episode("x", { inputs: "alpha", outputs: "beta" })], { inputs: "gamma", outputs: "delta" }),
    ).toEqual([]);
    const embed = vi.fn();
    expect(
      await createEpisodeIndex(snapshot({ retrieval: { kind: "embedding", model: "m" } }), {
        name: "m",
        embed,
      }).nearest(oneCase(), CALM),
    ).toEqual([]);
    expect(embed).not.toHaveBeenCalled();
  });
});

describe("vectors", () => {
  it("EP4 a text is embedded once, long lists go in calls of 64, and a failed call can be tried again", async () => {
    const calls: string[][] = [];
    let isDown = true;
    const cached = cachedEmbeddings({
      name: "m",
      embed: async (texts) => {
        calls.push([...texts]);
        if (isDown) throw new Error("down");
        return texts.map((text) => [text.length]);
      },
    });
    await expect(cached.embed(["a"], CALM)).rejects.toThrow("down");
    isDown = false;
    expect(await cached.embed(["a", "bb", "a"], CALM)).toEqual([[1], [2], [1]]);
    await cached.embed(["a", "bb"], CALM);
    expect(calls).toEqual([["a"], ["a", "bb"]]);
    await cached.embed(
      Array.from({ length: 100 }, (_, index) => `text ${index}`),
      CALM,
    );
    expect(calls.slice(2).map((texts) => texts.length)).toEqual([64, 36]);
  });

  it("EP4 an endpoint that returns fewer vectors than texts is an error, never a wrong pairing", async () => {
    await expect(
      cachedEmbeddings({ name: "m", embed: async () => [[1]] }).embed(["a", "b"], CALM),
    ).rejects.toThrow("asked for 2");
  });
});
