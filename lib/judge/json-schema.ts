type Schema = Readonly<Record<string, unknown>>;

const TYPES = ["object", "array", "string", "number", "integer", "boolean", "null"] as const;
const KEYWORDS = new Set([
  "$schema",
  "$id",
  "title",
  "description",
  "default",
  "examples",
  "type",
  "enum",
  "const",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "minItems",
  "maxItems",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "anyOf",
  "allOf",
  "oneOf",
  "not",
]);

/** What of a JSON schema we do not understand; a schema that would be half obeyed is refused (SPEC RJ4). */
export function schemaProblems(schema: unknown, at = "schema"): string[] {
  if (typeof schema === "boolean") return [];
  if (!isObject(schema)) return [`${at} is no JSON schema.`];
  const problems = Object.keys(schema)
    .filter((keyword) => !KEYWORDS.has(keyword))
    .map((keyword) => `${at} uses "${keyword}", which is not supported here.`);
  const types = typesOf(schema);
  if (types?.some((type) => !(TYPES as readonly string[]).includes(type)))
    problems.push(`${at} has an unknown type.`);
  for (const [name, part] of subschemasOf(schema)) problems.push(...schemaProblems(part, `${at}.${name}`));
  return problems;
}

/** Where `value` does not fit the schema, in sentences; empty when it fits. */
export function validateJson(schema: unknown, value: unknown, at = "The answer"): string[] {
  if (typeof schema === "boolean") return schema ? [] : [`${at} may not be there.`];
  if (!isObject(schema)) throw new RangeError("not a JSON schema");
  const types = typesOf(schema);
  if (types && !types.some((type) => isOfType(value, type))) return [`${at} must be ${types.join(" or ")}.`];
  return [
    ...constantProblems(schema, value, at),
    ...(typeof value === "number" ? numberProblems(schema, value, at) : []),
    ...(typeof value === "string"
      ? sizeProblems(schema, "Length", Array.from(value).length, "characters", at)
      : []),
    ...(Array.isArray(value) ? arrayProblems(schema, value, at) : []),
    ...(isObject(value) ? objectProblems(schema, value, at) : []),
    ...combinedProblems(schema, value, at),
  ];
}

function constantProblems(schema: Schema, value: unknown, at: string): string[] {
  const problems: string[] = [];
  if ("const" in schema && !isSame(schema.const, value))
    problems.push(`${at} must be ${JSON.stringify(schema.const)}.`);
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => isSame(one, value))) {
    problems.push(`${at} must be one of ${schema.enum.map((one) => JSON.stringify(one)).join(", ")}.`);
  }
  return problems;
}

function numberProblems(schema: Schema, value: number, at: string): string[] {
  const checks: [unknown, (bound: number) => boolean, string][] = [
    [schema.minimum, (bound) => value >= bound, "at least"],
    [schema.maximum, (bound) => value <= bound, "at most"],
    [schema.exclusiveMinimum, (bound) => value > bound, "above"],
    [schema.exclusiveMaximum, (bound) => value < bound, "below"],
  ];
  return checks.flatMap(([bound, fits, words]) =>
    typeof bound === "number" && !fits(bound) ? [`${at} must be ${words} ${bound}.`] : [],
  );
}

function sizeProblems(
  schema: Schema,
  keyword: "Length" | "Items",
  size: number,
  unit: string,
  at: string,
): string[] {
  const [min, max] = [schema[`min${keyword}`], schema[`max${keyword}`]];
  if (typeof min === "number" && size < min) return [`${at} must have at least ${min} ${unit}.`];
  return typeof max === "number" && size > max ? [`${at} may have at most ${max} ${unit}.`] : [];
}

function arrayProblems(schema: Schema, value: readonly unknown[], at: string): string[] {
  const items = schema.items;
  const inner =
    items === undefined ? [] : value.flatMap((item, index) => validateJson(items, item, `${at}[${index}]`));
  return [...sizeProblems(schema, "Items", value.length, "items", at), ...inner];
}

function objectProblems(schema: Schema, value: Schema, at: string): string[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const missing = required
    .filter((name) => !Object.hasOwn(value, String(name)))
    .map((name) => `${at} lacks "${String(name)}".`);
  const inner = Object.entries(value).flatMap(([name, member]) => {
    const part = Object.hasOwn(properties, name) ? properties[name] : (schema.additionalProperties ?? true);
    if (part === false) return [`${at} may not have "${name}".`];
    return validateJson(part, member, `${at}.${name}`);
  });
  return [...missing, ...inner];
}

function combinedProblems(schema: Schema, value: unknown, at: string): string[] {
  const problemsOf = (part: unknown): string[] => validateJson(part, value, at);
  const fitting = (parts: readonly unknown[]): number =>
    parts.filter((part) => problemsOf(part).length === 0).length;
  const problems = Array.isArray(schema.allOf) ? schema.allOf.flatMap(problemsOf) : [];
  if (Array.isArray(schema.anyOf) && fitting(schema.anyOf) === 0)
    problems.push(`${at} fits none of the allowed forms.`);
  if (Array.isArray(schema.oneOf) && fitting(schema.oneOf) !== 1)
    problems.push(`${at} must fit exactly one of the allowed forms.`);
  if (schema.not !== undefined && problemsOf(schema.not).length === 0)
    problems.push(`${at} has a form that is not allowed.`);
  return problems;
}

function subschemasOf(schema: Schema): [string, unknown][] {
  const named = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const single = ["items", "additionalProperties", "not"]
    .filter((key) => schema[key] !== undefined)
    .map((key): [string, unknown] => [key, schema[key]]);
  const lists = ["anyOf", "allOf", "oneOf"].flatMap((key) =>
    Array.isArray(schema[key])
      ? schema[key].map((part, index): [string, unknown] => [`${key}[${index}]`, part])
      : [],
  );
  return [...named, ...single, ...lists];
}

function typesOf(schema: Schema): string[] | null {
  if (schema.type === undefined) return null;
  return (Array.isArray(schema.type) ? schema.type : [schema.type]).map(String);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

function isObject(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => isSame(one, b[index]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}
