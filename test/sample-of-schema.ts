import { z } from "zod";

type JsonSchema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  format?: string;
};

/** The smallest plain value that a schema takes, as far as its JSON form tells; refinements may still refuse it. */
export function sampleOf(schema: z.ZodType): unknown {
  return build(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema);
}

function build(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice?.[0]) return build(choice[0]);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => build(part) as object));
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, build(schema.properties?.[name] ?? {})]),
      );
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => build(schema.items ?? {}));
    case "integer":
    case "number":
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1);
    case "boolean":
      return true;
    case "null":
      return null;
    case "string":
      return text(schema);
    default:
      return "x";
  }
}

function text({ format, minLength = 1 }: JsonSchema): string {
  if (format === "email") return "ann@example.org";
  if (format === "uri") return "https://example.org/";
  return "x".repeat(Math.max(1, minLength));
}
