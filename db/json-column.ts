import { customType } from "drizzle-orm/sqlite-core";
import { z } from "zod";

/** Turns the value of one stored version into the next one. */
export type Upcaster = (old: unknown) => unknown;

/** How one kind of JSON is stored: as `{"v": version, "value": …}`, so that old rows stay readable for ever. */
export interface JsonFormat<Value> {
  /** Names the fixtures and the error; unique. */
  name: string;
  /** The version that is written now: one more than the number of upcasters. */
  version: number;
  schema: z.ZodType<Value>;
  /** Upcasters[n - 1] reads version n and gives version n + 1. */
  upcasters: readonly Upcaster[];
}

/** A stored text that its format cannot read: a bug or damage, never something to go on from. */
export class StoredJsonError extends Error {
  constructor(format: string, problem: string, cause?: unknown) {
    super(`Stored JSON of format "${format}" cannot be used: ${problem}`, { cause });
    this.name = "StoredJsonError";
  }
}

const envelopeSchema = z.object({ v: z.number().int().min(1), value: z.unknown() });

export function jsonFormat<Value>(
  name: string,
  schema: z.ZodType<Value>,
  upcasters: readonly Upcaster[] = [],
): JsonFormat<Value> {
  return { name, version: upcasters.length + 1, schema, upcasters };
}

/** Text as it is stored, in the newest version. Throws `StoredJsonError` when the value does not fit its schema. */
export function encodeJson<Value>(format: JsonFormat<Value>, value: Value): string {
  return JSON.stringify({ v: format.version, value: parseWith(format, value) });
}

/** The value of a stored text of any version. Throws `StoredJsonError`. */
export function decodeJson<Value>(format: JsonFormat<Value>, text: string): Value {
  const envelope = envelopeSchema.safeParse(parseText(format.name, text));
  if (!envelope.success) throw new StoredJsonError(format.name, "it carries no version", envelope.error);
  const { v, value } = envelope.data;
  if (v > format.version) {
    throw new StoredJsonError(format.name, `it has version ${v}, this program knows ${format.version}`);
  }
  return parseWith(
    format,
    format.upcasters.slice(v - 1).reduce((old, upcast) => upcast(old), value),
  );
}

/** A text column that holds one format; values are checked on the way in and on the way out. */
export function jsonColumn<Value>(name: string, format: JsonFormat<Value>) {
  return customType<{ data: Value; driverData: string }>({
    dataType: () => "text",
    toDriver: (value) => encodeJson(format, value),
    fromDriver: (text) => decodeJson(format, text),
  })(name);
}

function parseText(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StoredJsonError(name, "it is no JSON", error);
  }
}

function parseWith<Value>(format: JsonFormat<Value>, value: unknown): Value {
  const parsed = format.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StoredJsonError(format.name, z.prettifyError(parsed.error), parsed.error);
}
