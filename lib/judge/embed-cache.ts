import type { EmbeddingModel } from "./ports";

const MAX_TEXTS_A_CALL = 64;

/**
 * The same model, where a text that was embedded once is not embedded again, also while the first call is in flight,
 * and long lists are cut into calls of 64. A call that failed is forgotten, so that it can be tried again.
 */
export function cachedEmbeddings(model: EmbeddingModel): EmbeddingModel {
  const known = new Map<string, Promise<readonly number[]>>();
  const fetchNew = (texts: readonly string[], signal: AbortSignal): void => {
    for (let from = 0; from < texts.length; from += MAX_TEXTS_A_CALL) {
      const part = texts.slice(from, from + MAX_TEXTS_A_CALL);
      const vectors = model.embed(part, signal);
      for (const [index, text] of part.entries()) {
        const vector = vectors.then((all) => vectorAt(all, index, part.length));
        vector.catch(() => known.delete(text)); // whoever asked gets the rejection itself
        known.set(text, vector);
      }
    }
  };
  return {
    name: model.name,
    embed: async (texts, signal) => {
      fetchNew(
        [...new Set(texts)].filter((text) => !known.has(text)),
        signal,
      );
      return Promise.all(texts.map((text) => known.get(text) as Promise<readonly number[]>));
    },
  };
}

function vectorAt(vectors: readonly (readonly number[])[], index: number, asked: number): readonly number[] {
  const vector = vectors[index];
  if (vector === undefined || vectors.length !== asked) {
    throw new RangeError(`the embedding model was asked for ${asked} vectors and gave ${vectors.length}`);
  }
  return vector;
}
