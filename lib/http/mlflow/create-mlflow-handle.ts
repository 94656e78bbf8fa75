import type { z } from "zod";
import { AppError } from "@/lib/contracts/errors";
import type { Actor, ApiScope } from "@/lib/contracts/permissions";
import { assertSameOrigin } from "../guards";
import type { HttpHost } from "../host";
import { fieldProblems, invalidInput } from "../problem";
import { readBytes } from "../read-request";
import { mlflowError, mlflowRefusal } from "./mlflow-error";

/** What stands behind one of MLflow's endpoints. Its input comes from the query or, in a write, from a JSON body. */
interface MlflowEndpoint<Services> {
  answer(call: { actor: Actor; input: unknown; services: Services }): unknown;
}

/** Method and path after `/mlflow/`, such as `GET registered-models/get`. */
export type MlflowEndpoints<Services> = ReadonlyMap<string, MlflowEndpoint<Services>>;

/** Binds a schema to a use case. */
export function endpoint<Services, Schema extends z.ZodType>(
  schema: Schema,
  answer: (call: { actor: Actor; input: z.output<Schema>; services: Services }) => unknown,
): MlflowEndpoint<Services> {
  return {
    answer: ({ input, ...call }) => {
      const parsed = schema.safeParse(input);
      if (!parsed.success) throw invalidInput(fieldProblems(parsed.error));
      return answer({ ...call, input: parsed.data });
    },
  };
}

const SCOPE: ApiScope = "prompts:read";
const MOST_BODY_BYTES = 2 * 1024 * 1024;

/**
 * Answers as an MLflow server does: its names, its errors. Outside the registry of routes, since the form is not
 * ours; who is asked for is the same: a person, or a key with `prompts:read`.
 */
export function createMlflowHandle<Services>(host: HttpHost<Services>, endpoints: MlflowEndpoints<Services>) {
  return async (request: Request, context: { params: Promise<{ path: string[] }> }): Promise<Response> => {
    const requestId = host.newRequestId();
    const place = (await context.params).path.join("/");
    try {
      const found = endpoints.get(`${request.method} ${place}`);
      const actor = readerOf(await host.resolveActor(request));
      assertSameOrigin(request, host.allowedOrigins());
      if (!found) {
        const message = `Touchstone serves the read routes of MLflow's prompt registry; ${request.method} ${place} is none of them.`;
        return mlflowError("ENDPOINT_NOT_FOUND", 404, message, requestId);
      }
      const input = request.method === "GET" ? queryOf(request) : await bodyOf(request);
      const data = await found.answer({ actor, input, services: await host.services() });
      return Response.json(data, { headers: { "cache-control": "no-store", "x-request-id": requestId } });
    } catch (error) {
      const refusal = error instanceof AppError ? error : host.refusalOf(error);
      if (refusal) return mlflowRefusal(refusal, requestId);
      host.logError(error, { requestId, routeId: `mlflow.${place}` });
      return mlflowError(
        "INTERNAL_ERROR",
        500,
        `The server's log has the cause under ${requestId}.`,
        requestId,
      );
    }
  };
}

function readerOf(actor: Actor | null): Actor {
  if (actor === null)
    throw new AppError(
      "not-signed-in",
      "Send an API key of Touchstone as a bearer token: set MLFLOW_TRACKING_TOKEN to it.",
    );
  if (actor.kind === "key" && !actor.scopes.includes(SCOPE))
    throw new AppError(
      "forbidden",
      `The key "${actor.name}" lacks the scope ${SCOPE}. Make a key that has it.`,
    );
  if (actor.kind === "user" && actor.confinedTo)
    throw new AppError("forbidden", "Your link opens one queue to label, and nothing else.");
  return actor;
}

function queryOf(request: Request): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URL(request.url).searchParams)
    query[name] = query[name] === undefined ? value : [query[name], value].flat();
  return query;
}

/** A write's body; the client sends nothing else than JSON, and what is none says nothing. */
async function bodyOf(request: Request): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(request, MOST_BODY_BYTES));
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new AppError("invalid-input", "The body is no JSON. Nothing was changed.");
  }
}
