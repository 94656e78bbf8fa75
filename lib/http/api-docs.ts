import type { AnyRoute } from "./define-route";
import { buildOpenApi } from "./openapi";

/** One operation as the API page shows it. */
export interface ApiOperationDoc {
  id: string;
  method: string;
  path: string;
  summary: string;
  /** Who may, in words. */
  who: string;
  /** Scope for keys; null = no key may. */
  scope: string | null;
  parameters: { name: string; place: string; isRequired: boolean; about: string }[];
  /** JSON Schema as text; null where there is none. */
  body: string | null;
  response: string | null;
  status: number;
}

export interface ApiAreaDoc {
  area: string;
  operations: ApiOperationDoc[];
}

interface Operation {
  parameters?: {
    name: string;
    in: string;
    required: boolean;
    description?: string;
    schema: { type?: string; enum?: string[] };
  }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
}

/** The registry as a page: made from the same description that machines read. */
export function prepareApiDocs(routes: readonly AnyRoute[]): ApiAreaDoc[] {
  const { paths } = buildOpenApi({ routes, version: "1" }) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const areas = new Map<string, ApiOperationDoc[]>();
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, "{$1}");
    const operation = paths[path]?.[route.method.toLowerCase()];
    if (!operation) throw new Error(`the description lacks ${route.method} ${route.path}`);
    const area = route.id.split(".")[0] ?? route.id;
    areas.set(area, [...(areas.get(area) ?? []), docOf(route, path, operation)]);
  }
  return [...areas]
    .map(([area, operations]) => ({ area, operations }))
    .sort((a, b) => (a.area < b.area ? -1 : 1));
}

function docOf(route: AnyRoute, path: string, operation: Operation): ApiOperationDoc {
  return {
    id: route.id,
    method: route.method,
    path,
    summary: route.summary,
    who: whoOf(route),
    scope: route.scope,
    parameters: (operation.parameters ?? []).map(({ name, in: place, required, description, schema }) => ({
      name,
      place,
      isRequired: required,
      about: description ?? schema.enum?.join(", ") ?? schema.type ?? "",
    })),
    body: textOf(operation.requestBody?.content["application/json"]?.schema),
    response: textOf(operation.responses[String(route.status)]?.content?.["application/json"]?.schema),
    status: route.status,
  };
}

function whoOf({ permission }: AnyRoute): string {
  if (permission === "public") return "everybody";
  if (permission === "signed-in") return "anyone signed in";
  return permission === "server-admin" ? "admins of the server" : permission;
}

function textOf(schema: unknown): string | null {
  return schema === undefined ? null : JSON.stringify(schema, null, 2);
}
