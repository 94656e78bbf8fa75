import { readDataSections } from "@/lib/util/fence";
import { createDraws, type Draws } from "./draws";
import { capitalise, sentencesOf } from "./text/sentences";
import type { SandboxCall } from "./types";

interface JsonSchema {
  type?: string | readonly string[];
  properties?: Readonly<Record<string, JsonSchema>>;
  items?: JsonSchema;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly JsonSchema[];
  minimum?: number;
  maximum?: number;
}

const MAX_DEPTH = 6;

/** Fills any JSON schema with text drawn from the request: for drafts, and when a connection is tried. */
export function answerDraft(call: SandboxCall): string {
  const prompt = call.messages.map((message) => message.content).join("\n\n");
  const draws = createDraws(call.seed, "draft", prompt, call.sample);
  const material = materialOf(prompt);
  const sentences = sentencesOf(
    (material.length > 0 ? material : [call.messages.at(-1)?.content ?? ""]).join("\n"),
  );
  return JSON.stringify(fill((call.schema ?? {}) as JsonSchema, "", sentences, draws, 0));
}

/**
 * What people said, without what marks it in the prompt (who speaks, the grade). The question says nothing of what a good
 * answer does, so it is taken only where there is nothing else.
 */
function materialOf(prompt: string): string[] {
  const sections = readDataSections(prompt);
  const said = sections.filter(({ name }) => name !== "question");
  return (said.length > 0 ? said : sections).map(({ text }) => text.replace(MARKS, ""));
}

const MARKS = /^(?:grade [^:\n]{1,40}|user|assistant|system):[ \t]*/gim;

function fill(
  schema: JsonSchema,
  path: string,
  sentences: readonly string[],
  draws: Draws,
  depth: number,
): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum && schema.enum.length > 0) return draws.pick(schema.enum, path);
  if (schema.anyOf?.[0]) return fill(schema.anyOf[0], path, sentences, draws, depth);
  const type =
    typeof schema.type === "string"
      ? schema.type
      : (schema.type?.[0] ?? (schema.properties ? "object" : "string"));
  if (type === "object") {
    const members = Object.entries(schema.properties ?? {});
    return Object.fromEntries(
      members.map(([key, member]) => [key, fill(member, `${path}.${key}`, sentences, draws, depth + 1)]),
    );
  }
  if (type === "array") {
    const isDeep = depth >= MAX_DEPTH || !schema.items;
    return isDeep
      ? []
      : [0, 1].map((index) => fill(schema.items ?? {}, `${path}.${index}`, sentences, draws, depth + 1));
  }
  if (type === "number" || type === "integer")
    return draws.between(
      Math.ceil(schema.minimum ?? 1),
      Math.floor(schema.maximum ?? (schema.minimum ?? 1) + 4),
      path,
    );
  if (type === "boolean") return draws.isBelow(0.5, path);
  if (type === "null") return null;
  return sentences.length === 0 ? "ready" : capitalise(draws.pick(sentences, path));
}
