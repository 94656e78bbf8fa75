import { describe, expect, it } from "vitest";
import { buildOpenApi } from "./openapi";
import { routes } from "./registry";

type Json = Record<string, unknown>;
const document = JSON.parse(JSON.stringify(buildOpenApi({ routes, version: "1.2.3" }))) as {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json; securitySchemes: Json };
};

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: Json }> }>;
  security: Record<string, string[]>[];
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every JSON Schema of the document, those inside others too, with where it stands. */
function schemasIn(value: unknown, place: string): { place: string; schema: Json }[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one, index) => schemasIn(one, `${place}[${index}]`));
  const schema = value as Json;
  const nested = ["items", "additionalProperties", "not", "propertyNames"].flatMap((key) =>
    schemasIn(schema[key], `${place}.${key}`),
  );
  const lists = ["anyOf", "oneOf", "allOf", "prefixItems"].flatMap((key) =>
    schemasIn(schema[key], `${place}.${key}`),
  );
  const properties = Object.entries((schema.properties as Json | undefined) ?? {}).flatMap(([name, one]) =>
    schemasIn(one, `${place}.${name}`),
  );
  return [{ place, schema }, ...nested, ...lists, ...properties];
}

const schemas = [
  ...Object.entries(document.components.schemas).flatMap(([name, schema]) => schemasIn(schema, name)),
  ...operations.flatMap(({ operation }) => [
    ...(operation.parameters ?? []).flatMap(({ name, schema }) =>
      schemasIn(schema, `${operation.operationId}?${name}`),
    ),
    ...Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) =>
      schemasIn(schema, `${operation.operationId} body`),
    ),
    ...Object.entries(operation.responses).flatMap(([status, { content }]) =>
      Object.values(content ?? {}).flatMap(({ schema }) =>
        schemasIn(schema, `${operation.operationId} ${status}`),
      ),
    ),
  ]),
];

const TYPES = ["string", "number", "integer", "boolean", "array", "object", "null"];

describe("the OpenAPI document (specification 3.1.0)", () => {
  it("has version, title, and every route of the registry once, and no other", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: "Touchstone", version: "1.2.3" });
    expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(
      routes.map(({ id }) => id).sort(),
    );
    const places = operations.map(
      ({ method, path }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`,
    );
    expect(places.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it("declares each parameter of a path, required, and no parameter twice", () => {
    for (const { path, operation } of operations) {
      const parameters = operation.parameters ?? [];
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((one) => one.in === "path");
      expect(
        declared.map(({ name }) => name),
        path,
      ).toEqual(inPath);
      expect(declared.every(({ required }) => required === true)).toBe(true);
      const names = parameters.map((one) => `${one.in} ${one.name.toLowerCase()}`);
      expect(new Set(names).size, path).toBe(names.length);
      for (const one of parameters) expect(["path", "query", "header", "cookie"]).toContain(one.in);
    }
  });

  it("two paths differ in more than the names of their parameters", () => {
    const shapes = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, "{}"));
    expect(shapes.filter((shape, index) => shapes.indexOf(shape) !== index)).toEqual([]);
  });

  it("describes answers by known status codes, and security by schemes that exist", () => {
    for (const { operation } of operations) {
      expect(Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status))).toBe(true);
      for (const [status, { description }] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^([1-5]\d\d|default)$/);
        expect(description).not.toBe("");
      }
      for (const need of operation.security)
        for (const scheme of Object.keys(need))
          expect(document.components.securitySchemes).toHaveProperty(scheme);
    }
  });

  it("holds schemas of JSON Schema 2020-12: known types, required names that exist, no empty choice, refs that lead somewhere", () => {
    expect(schemas.length).toBeGreaterThan(500);
    const wrong = schemas.filter(({ schema }) => !isSchema(schema)).map(({ place }) => place);
    expect(wrong).toEqual([]);
  });
});

function isSchema(schema: Json): boolean {
  const { type, required, properties, $ref } = schema;
  const types = type === undefined ? [] : [type].flat();
  const names = Object.keys((properties as Json | undefined) ?? {});
  const isClosed = properties !== undefined;
  return (
    types.every((one) => TYPES.includes(one as string)) &&
    (required === undefined ||
      (Array.isArray(required) && (!isClosed || required.every((name) => names.includes(name))))) &&
    ["enum", "anyOf", "oneOf", "allOf"].every((key) => {
      const list = schema[key];
      return list === undefined || (Array.isArray(list) && list.length > 0);
    }) &&
    ($ref === undefined ||
      (typeof $ref === "string" &&
        $ref.replace(/^#\/components\/schemas\//, "") in document.components.schemas)) &&
    ["minLength", "maxLength", "minItems", "maxItems"].every((key) => {
      const count = schema[key];
      return count === undefined || (Number.isInteger(count) && (count as number) >= 0);
    })
  );
}
