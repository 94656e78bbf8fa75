import { z } from "zod";

/** A value of an attribute as OpenTelemetry writes it in JSON: one of many names, by type. */
type Wrapped = Record<string, unknown>;

export interface Span {
  name: string;
  parentId: string | null;
  startedAtMs: number;
  endedAtMs: number;
  attributes: Readonly<Record<string, unknown>>;
  failure: string | null;
}

const nano = z
  .union([z.number(), z.string()])
  .default(0)
  .transform((value) => Number(value) / 1e6);
export const spanSchema = z
  .object({
    name: z.string().default(""),
    parent_span_id: z.string().default(""),
    start_time_unix_nano: nano,
    end_time_unix_nano: nano,
    attributes: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
    status: z.looseObject({ code: z.unknown().optional(), message: z.string().default("") }).optional(),
  })
  .transform(
    (span): Span => ({
      name: span.name,
      parentId: span.parent_span_id || null,
      startedAtMs: span.start_time_unix_nano,
      endedAtMs: span.end_time_unix_nano,
      attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, unwrap(value)])),
      failure: /ERROR|^2$/.test(String(span.status?.code)) ? (span.status?.message ?? "") : null,
    }),
  );

/** The plain value. MLflow writes inputs and outputs as such, or as a JSON text, by version. */
function unwrap(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entry = Object.entries(value as Wrapped)[0];
  if (!entry) return null;
  const [kind, inside] = entry;
  switch (kind.replace(/_/g, "").toLowerCase()) {
    case "stringvalue":
      return fromJson(String(inside));
    case "intvalue":
    case "doublevalue":
      return Number(inside);
    case "boolvalue":
      return inside;
    case "arrayvalue":
      return ((inside as { values?: unknown[] }).values ?? []).map(unwrapStrict);
    case "kvlistvalue":
      return Object.fromEntries(
        ((inside as { values?: { key: string; value: unknown }[] }).values ?? []).map(
          ({ key, value: of }) => [key, unwrapStrict(of)],
        ),
      );
    default:
      return inside;
  }
}

/** Inside a list or a map a text is a text, whatever it looks like. */
function unwrapStrict(value: unknown): unknown {
  const text = (value as Wrapped | null)?.string_value ?? (value as Wrapped | null)?.stringValue;
  return typeof text === "string" ? text : unwrap(value);
}

function fromJson(text: string): unknown {
  if (!/^\s*["[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The words of an answer: a text, or the place where chat APIs and agents have it; null when there is none. */
export function answerOf(outputs: unknown, depth = 0): string | null {
  if (typeof outputs === "string") return outputs.trim() === "" ? null : outputs;
  if (typeof outputs !== "object" || outputs === null || depth > 4) return null;
  if (Array.isArray(outputs)) return answerOf(outputs.at(-1), depth + 1);
  const known = outputs as Wrapped;
  for (const name of [
    "content",
    "text",
    "response",
    "output",
    "answer",
    "result",
    "message",
    "choices",
    "messages",
  ]) {
    const found = name in known ? answerOf(known[name], depth + 1) : null;
    if (found !== null) return found;
  }
  return null;
}

/** What was asked, without instructions: they belong into the prompt, not into a record. */
export function askedOf(inputs: unknown): unknown {
  if (typeof inputs !== "object" || inputs === null) return inputs;
  const { messages, ...others } = inputs as Wrapped;
  if (!Array.isArray(messages)) return inputs;
  const turns = messages.filter((turn) => {
    const role = (turn as { role?: unknown } | null)?.role;
    return role !== "system" && role !== "developer" && role !== "tool";
  });
  return { ...others, messages: turns };
}
