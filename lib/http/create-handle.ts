import type { z } from "zod";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { AnyRoute, PathParams, Route, RoutePermission } from "./define-route";
import { assertPermitted, assertSameOrigin, readIfMatch } from "./guards";
import type { HttpHost } from "./host";
import { answerOnce } from "./idempotency";
import { internalProblem, problemResponse } from "./problem";
import { type ParsedRequest, readParams, readRequest } from "./read-request";
import { HttpReply, jsonResponse } from "./reply";

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a use case gets: everything parsed and checked. */
export interface UseCaseInput<R extends AnyRoute, Services> {
  /** Null only on public routes. */
  actor: R["permission"] extends "public" ? Actor | null : Actor;
  params: PathParams<R["path"]>;
  query: OutputOf<R["query"]>;
  body: OutputOf<R["body"]>;
  /** The body's bytes, for `rawBody` routes. */
  raw: Uint8Array;
  /** The state an edit started from, unquoted. */
  ifMatch: R["ifMatch"] extends "required" ? string : string | undefined;
  request: Request;
  requestId: string;
  services: Services;
}

type Data<R extends AnyRoute> = OutputOf<R["response"]> | InputOf<R["response"]>;
export type UseCaseResult<R extends AnyRoute> =
  | Data<R>
  | HttpReply<Data<R>>
  | Response
  // biome-ignore lint/suspicious/noConfusingVoidType: a use case without an answer may just end
  | (undefined extends R["response"] ? void : never);
export type UseCase<R extends AnyRoute, Services> = (
  input: UseCaseInput<R, Services>,
) => UseCaseResult<R> | Promise<UseCaseResult<R>>;

/** A route handler of Next that knows its definition. */
export interface RouteHandler {
  (request: Request, context: { params: Promise<unknown> }): Promise<Response>;
  route: AnyRoute;
}

/**
 * Binds `handle` to a server. A handler resolves the actor, checks origin, permission and input, runs the use case
 * and turns its outcome, or the error it threw, into a response.
 */
export function createHandle<Services>(host: HttpHost<Services>) {
  return function handle<
    Path extends string,
    Permitted extends RoutePermission,
    Query extends z.ZodType | undefined,
    Body extends z.ZodType | undefined,
    Reply extends z.ZodType | undefined,
    IfMatch extends "required" | undefined,
  >(
    route: Route<Path, Permitted, Query, Body, Reply, IfMatch>,
    useCase: UseCase<Route<Path, Permitted, Query, Body, Reply, IfMatch>, Services>,
  ): RouteHandler {
    const anyRoute = route as unknown as AnyRoute;
    const anyUseCase = useCase as unknown as UseCase<AnyRoute, Services>;
    const handler = (request: Request, context: { params: Promise<unknown> }): Promise<Response> =>
      answer(host, anyRoute, anyUseCase, request, context);
    return Object.assign(handler, { route: anyRoute });
  };
}

async function answer<Services>(
  host: HttpHost<Services>,
  route: AnyRoute,
  carryOut: UseCase<AnyRoute, Services>,
  request: Request,
  context: { params: Promise<unknown> },
): Promise<Response> {
  const requestId = host.newRequestId();
  try {
    const params = readParams(await context.params, route);
    const actor = await host.resolveActor(request);
    assertSameOrigin(request, host.allowedOrigins());
    assertPermitted(route, actor, params.project ?? null, host);
    const ifMatch = readIfMatch(request, route);
    const parsed = await readRequest(request, route, params);
    const work = async (): Promise<Response> => {
      const services = await host.services();
      const input = { ...parsed, actor, ifMatch, request, requestId, services } as UseCaseInput<
        AnyRoute,
        Services
      >;
      return toResponse(host, route, request, await carryOut(input));
    };
    const response =
      route.idempotent || route.shownOnce
        ? await answerOnce(host, route, request, actor, parsed as ParsedRequest, work)
        : await work();
    response.headers.set("x-request-id", requestId);
    return response;
  } catch (error) {
    const refusal = error instanceof AppError ? error : host.refusalOf(error);
    if (refusal) return problemResponse(refusal, requestId);
    if (isClosedByCaller(error, request)) return new Response(null, { status: 499 });
    host.logError(error, { requestId, routeId: route.id });
    return internalProblem(requestId);
  }
}

function toResponse<Services>(
  host: HttpHost<Services>,
  route: AnyRoute,
  request: Request,
  outcome: unknown,
): Response {
  // a copy: headers of a Response made elsewhere (a redirect) cannot be added to
  if (outcome instanceof Response) return new Response(outcome.body, outcome);
  const reply = outcome instanceof HttpReply ? outcome : new HttpReply(outcome, {});
  if (host.checksResponses && route.response) route.response.parse(reply.data);
  return jsonResponse(request, reply, route.status);
}

/** The caller hung up: nobody reads the answer, and it is no failure of ours. */
function isClosedByCaller(error: unknown, request: Request): boolean {
  return request.signal.aborted && error instanceof Error && error.name === "AbortError";
}
