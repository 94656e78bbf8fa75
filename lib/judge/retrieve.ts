import MiniSearch from "minisearch";
import { cachedEmbeddings } from "./embed-cache";
import type { EmbeddingModel } from "./ports";
import type { Episode, JudgeCase, JudgeSnapshot } from "./types";

/** Remembered answers shown with a case. */
export const EPISODES_SHOWN = 5;

/** Finds the remembered answers that are nearest to a case. */
export interface EpisodeIndex {
  /**
   * At most `EPISODES_SHOWN`, nearest first, by inputs and outputs; never the case's own trace, its record, or another
   * with the same inputs (SPEC EP1, EP2). Rejects with words when vectors cannot be compared, and on abort.
   */
  nearest(judgeCase: JudgeCase, signal: AbortSignal): Promise<readonly Episode[]>;
}

/** The text whose vector stands for an answer. */
export function episodeText(one: { inputs: string; outputs: string }): string {
  return `${one.inputs}\n\n${one.outputs}`;
}

/**
 * The index of a snapshot's episodes; build it once a snapshot. Lexical or by vectors, as the snapshot says: a
 * version that was measured with one is never quietly used with the other (SPEC EP3).
 */
export function createEpisodeIndex(
  snapshot: JudgeSnapshot,
  embeddings: EmbeddingModel | null = null,
): EpisodeIndex {
  if (snapshot.episodes.length === 0) return { nearest: async () => [] };
  if (snapshot.retrieval.kind === "lexical") return lexicalIndex(snapshot.episodes);
  return vectorIndex(snapshot.episodes, snapshot.retrieval.model, embeddings);
}

/** Whether an episode may be shown with a case (SPEC EP2). */
export function isForeign(episode: Episode, judgeCase: JudgeCase): boolean {
  return (
    episode.traceId !== judgeCase.traceId &&
    episode.recordId !== judgeCase.recordId &&
    folded(episode.inputs) !== folded(judgeCase.inputs)
  );
}

function lexicalIndex(episodes: readonly Episode[]): EpisodeIndex {
  const search = new MiniSearch<{ id: number; inputs: string; outputs: string }>({
    fields: ["inputs", "outputs"],
    tokenize: tokensOf,
  });
  search.addAll(episodes.map(({ inputs, outputs }, id) => ({ id, inputs, outputs })));
  return {
    nearest: async (judgeCase, signal) => {
      signal.throwIfAborted();
      const isAllowed = (id: number): boolean => isForeign(episodes[id] as Episode, judgeCase);
      // Half of the nearness is the question's, half the answer's: without that the longer text would decide alone.
      const scores = new Map<number, number>();
      for (const field of ["inputs", "outputs"] as const) {
        const hits = search.search(judgeCase[field], {
          fields: [field],
          filter: (hit) => isAllowed(hit.id as number),
        });
        const top = hits[0]?.score ?? 1;
        for (const hit of hits)
          scores.set(hit.id as number, (scores.get(hit.id as number) ?? 0) + hit.score / top / 2);
      }
      return topEpisodes(episodes, scores);
    },
  };
}

function vectorIndex(
  episodes: readonly Episode[],
  modelName: string,
  embeddings: EmbeddingModel | null,
): EpisodeIndex {
  const cached = embeddings === null ? null : cachedEmbeddings(embeddings);
  return {
    nearest: async (judgeCase, signal) => {
      if (cached === null) {
        throw new RangeError(
          `This judge version remembers answers by the embedding model ${modelName}, and none is connected.`,
        );
      }
      if (cached.name !== modelName) {
        throw new RangeError(
          `This judge version remembers answers by the embedding model ${modelName}; ${cached.name} is connected. Teach the judge again to use it.`,
        );
      }
      const [query] = await cached.embed([episodeText(judgeCase)], signal);
      const scores = new Map<number, number>();
      for (const [id, episode] of episodes.entries()) {
        if (isForeign(episode, judgeCase)) scores.set(id, cosine(query ?? [], vectorOf(episode)));
      }
      return topEpisodes(episodes, scores);
    },
  };
}

function topEpisodes(episodes: readonly Episode[], scores: ReadonlyMap<number, number>): Episode[] {
  return [...scores]
    .sort(([idA, a], [idB, b]) => b - a || idA - idB)
    .slice(0, EPISODES_SHOWN)
    .map(([id]) => episodes[id] as Episode);
}

function vectorOf(episode: Episode): readonly number[] {
  if (episode.vector === null)
    throw new RangeError("A remembered answer has no vector. Teach the judge again.");
  return episode.vector;
}

/** Cosine of two vectors, −1 to 1; 0 when one of them is all zeros. Throws `RangeError` when their lengths differ. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) {
    throw new RangeError(
      `The embedding model now gives ${a.length} numbers a text, the remembered answers have ${b.length}. Teach the judge again.`,
    );
  }
  let [dot, squareA, squareB] = [0, 0, 0];
  for (const [index, x] of a.entries()) {
    const y = b[index] as number;
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? 0 : dot / Math.sqrt(squareA * squareB);
}

/** Words; in scripts written without blanks, pairs of neighbouring characters. */
function tokensOf(text: string): string[] {
  const words = text.normalize("NFKC").split(/[^\p{L}\p{M}\p{N}]+/u);
  return words
    .filter((word) => word !== "")
    .flatMap((word) => (UNSPACED.test(word) ? pairsOf(word) : [word]));
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function pairsOf(word: string): string[] {
  const characters = Array.from(word);
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}
