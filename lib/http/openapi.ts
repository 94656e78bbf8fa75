import { z } from "zod";
import type { AnyRoute } from "./define-route";
import { httpStatus, problemSchema } from "./problem";

type Json = Record<string, unknown>;

interface OpenApiOptions {
  routes: readonly AnyRoute[];
  version: string;
}

/** The API as OpenAPI 3.1, made from the registry alone: what is described is what is checked. */
export function buildOpenApi({ routes, version }: OpenApiOptions): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Touchstone",
      version,
      description:
        "Errors are application/problem+json with `code`, `detail` and `errors[]`. Lists take `cursor` and `limit`. Writes that create or start something take `Idempotency-Key`; edits take `If-Match` and answer 412 with the current state.",
    },
    paths,
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "touchstone.session_token",
          description: "A person who is signed in.",
        },
        key: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "tsk_…",
          description: "An API key of one project, with scopes.",
        },
      },
      schemas: { Problem: schemaOf(problemSchema, "output") },
    },
  };
}

function operationOf(route: AnyRoute): Json {
  const { id, summary, permission, scope, body, rawBody } = route;
  return {
    operationId: id,
    summary,
    tags: [id.split(".")[0]],
    ...(permission === "public" ? { security: [] } : { security: securityOf(route) }),
    "x-permission": permission,
    ...(scope ? { "x-scope": scope } : {}),
    ...(route.paramNames.length + headersOf(route).length > 0 || route.query
      ? { parameters: [...pathParameters(route), ...queryParameters(route), ...headersOf(route)] }
      : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemaOf(body, "input") } },
          },
        }
      : {}),
    ...(rawBody
      ? {
          requestBody: {
            required: true,
            content: { "*/*": { schema: { type: "string", format: "binary" } } },
          },
        }
      : {}),
    responses: responsesOf(route),
  };
}

function securityOf({ scope }: AnyRoute): Json[] {
  return scope ? [{ session: [] }, { key: [scope] }] : [{ session: [] }];
}

function responsesOf(route: AnyRoute): Json {
  const { status, response } = route;
  const success = response
    ? { description: "Success", content: { "application/json": { schema: schemaOf(response, "output") } } }
    : { description: "Success" };
  const problem = (description: string): Json => ({
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  return {
    [status]: success,
    ...(route.permission === "public" ? {} : { 401: problem("Not signed in"), 403: problem("Not allowed") }),
    ...(route.paramNames.length > 0 ? { 404: problem("Not found, or not yours") } : {}),
    ...(route.body || route.query ? { 400: problem("Input that cannot be used") } : {}),
    ...(route.ifMatch
      ? {
          [httpStatus["edit-conflict"]]: problem("Changed in the meantime; `extra.current` is the state now"),
        }
      : {}),
    ...(route.ifMatch ? { [httpStatus["precondition-required"]]: problem("If-Match is missing") } : {}),
    default: problem("Any other refusal"),
  };
}

function pathParameters({ paramNames }: AnyRoute): Json[] {
  return paramNames.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
}

function queryParameters({ query }: AnyRoute): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(typeof schema.description === "string" ? { description: schema.description } : {}),
    schema,
  }));
}

function headersOf({ ifMatch, idempotent, shownOnce }: AnyRoute): Json[] {
  const header = (name: string, required: boolean, description: string): Json => ({
    name,
    in: "header",
    required,
    description,
    schema: { type: "string" },
  });
  return [
    ...(ifMatch === "required"
      ? [header("If-Match", true, "The revision you started from, as its ETag was.")]
      : []),
    ...(idempotent
      ? [header("Idempotency-Key", false, "The same key and content are carried out once.")]
      : []),
    ...(shownOnce
      ? [
          header(
            "Idempotency-Key",
            false,
            "The same key and content are carried out once; a repeat is refused, for the secret is shown once.",
          ),
        ]
      : []),
  ];
}

/** JSON Schema of a Zod schema. What JSON Schema cannot say (a transform's outcome) is left open, never an error. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
  }) as Json;
  return rest;
}
