import type { z } from "zod";
import type { ApiScope, Permission } from "@/lib/contracts/permissions";

export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type HttpMethod = (typeof httpMethods)[number];

/**
 * Who may call: a permission in the project that `:project` names (or, where the path names none, in the
 * project of the object, which the service checks), anyone signed in, a server admin, or everybody.
 */
export type RoutePermission = Permission | "public" | "signed-in" | "server-admin";

type Segment<Path extends string> = Path extends `${infer Head}/${infer Tail}` ? Head | Segment<Tail> : Path;
type ParamName<Part extends string> = Part extends `:${infer Name}` ? Name : never;

/** `/api/v1/projects/:project/records` → `{ project: string }`. */
export type PathParams<Path extends string> = { [Name in ParamName<Segment<Path>>]: string };

/** What a route promises. Schemas are Zod; a field left out means: there is none. */
export interface RouteSpec<
  Path extends string,
  Permitted extends RoutePermission,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
  Reply extends z.ZodType | undefined,
  IfMatch extends "required" | undefined,
> {
  /** Unique, `area.verb`; the operationId of the API description. */
  id: `${string}.${string}`;
  method: HttpMethod;
  /** As in the browser, parameters as `:name`; equals the place of the file under `app/`. */
  path: Path;
  /** One sentence for the API page. */
  summary: string;
  permission: Permitted;
  /** The scope that lets an API key in; left out or null = no key may. */
  scope?: ApiScope | null;
  query?: Query;
  body?: Body;
  /** Left out: the answer has no JSON body (204, or a `Response` of its own). */
  response?: Reply;
  /** Status of success. Default 200, or 204 without a response schema. */
  status?: number;
  /** Edits name the state they started from; missing = 428. */
  ifMatch?: IfMatch;
  /** Takes `Idempotency-Key`: the same key and body answer again what they answered first. */
  idempotent?: boolean;
  /**
   * The answer holds a secret that is shown once. It takes `Idempotency-Key` as well, but of its answer nothing is
   * kept: a repeat makes nothing twice and is refused in words.
   */
  shownOnce?: boolean;
  /** Open to somebody who came by a personal link; the service holds them to their queue. */
  personalLink?: boolean;
  /** The body is no JSON: the use case gets its bytes as `raw`. */
  rawBody?: boolean;
  /** Default 2 MB. */
  bodyLimitBytes?: number;
}

export interface Route<
  Path extends string = string,
  Permitted extends RoutePermission = RoutePermission,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Reply extends z.ZodType | undefined = z.ZodType | undefined,
  IfMatch extends "required" | undefined = "required" | undefined,
> extends RouteSpec<Path, Permitted, Query, Body, Reply, IfMatch> {
  scope: ApiScope | null;
  query: Query;
  body: Body;
  response: Reply;
  ifMatch: IfMatch;
  status: number;
  bodyLimitBytes: number;
  /** Names of the path's parameters, in order. */
  paramNames: readonly string[];
}

/** A route of any shape, as the registry holds it. */
export type AnyRoute = Route;

const DEFAULT_BODY_LIMIT_BYTES = 2 * 1024 * 1024;

/** Declares a route. Pure data: the same definition serves the handler, the API description and the role matrix. */
export function defineRoute<
  const Path extends string,
  const Permitted extends RoutePermission,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Reply extends z.ZodType | undefined = undefined,
  IfMatch extends "required" | undefined = undefined,
>(
  spec: RouteSpec<Path, Permitted, Query, Body, Reply, IfMatch>,
): Route<Path, Permitted, Query, Body, Reply, IfMatch> {
  return {
    ...spec,
    scope: spec.scope ?? null,
    query: spec.query as Query,
    body: spec.body as Body,
    response: spec.response as Reply,
    ifMatch: spec.ifMatch as IfMatch,
    status: spec.status ?? (spec.response ? 200 : 204),
    bodyLimitBytes: spec.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES,
    paramNames: spec.path.split("/").flatMap((part) => (part.startsWith(":") ? [part.slice(1)] : [])),
  };
}
