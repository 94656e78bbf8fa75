import "server-only";
import type { z } from "zod";
import type { Connection } from "@/db/repos/connections.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { ConnectionTest, ConnectionView, saveConnectionInput } from "@/lib/contracts/projects";
import { type ConnectionReport, type FetchLike, testConnection } from "@/lib/llm";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import type { SecretBox } from "../secrets";
import type { ServiceDeps } from "../service-deps";
import { connectionSpecOf } from "./connection-spec";

type SaveInput = z.output<typeof saveConnectionInput>;

/** Endpoints of models. Keys go in sealed, and never come out. */
export function createConnectionsService(
  deps: ServiceDeps,
  fetchFor: (kind: Connection["kind"]) => FetchLike,
) {
  const { repos, secrets } = deps;

  const found = (id: string): Connection => {
    const connection = repos.connections.byId(id);
    if (!connection) throw new AppError("not-found", "There is no such connection.");
    return connection;
  };
  return {
    list: (actor: Actor): ConnectionView[] => {
      authorize(actor, "project:read", null);
      return repos.connections.list().map(toView);
    },

    create: (actor: Actor, input: SaveInput): ConnectionView => {
      authorize(actor, "connections:manage", null);
      return toView(createConnection(deps, actor, input));
    },

    /** A key that is left out stays as it is. */
    update: (actor: Actor, id: string, input: SaveInput): ConnectionView => {
      authorize(actor, "connections:manage", null);
      if (found(id).kind === "simulated") {
        throw new AppError(
          "forbidden",
          "The simulated models come with Touchstone; there is nothing to set.",
        );
      }
      return toView(changeConnection(deps, actor, id, input) ?? found(id));
    },

    /** Asks the endpoint, step by step. Nothing of any project is sent. */
    test: async (
      actor: Actor,
      id: string,
      model: string | null,
      signal: AbortSignal,
    ): Promise<ConnectionTest> => {
      authorize(actor, "connections:manage", null);
      const connection = found(id);
      const spec = connectionSpecOf(connection, secrets, id);
      const input = { chatModel: model ?? chatModelOf(connection), embeddingModel: null };
      const report = await testConnection(spec, input, { fetch: fetchFor(connection.kind) }, signal);
      return toTest(report);
    },
  };
}

function createConnection(deps: ServiceDeps, actor: Actor, input: SaveInput): Connection {
  const { repos, secrets, now, newId } = deps;
  const { apiKey, headers, ...facts } = input;
  return repos.transaction(() => {
    const connection = repos.connections.insert({
      ...facts,
      id: newId("con"),
      kind: "real",
      sealedKey: apiKey ? secrets.seal(apiKey) : null,
      sealedHeaders: sealHeaders(secrets, headers),
      fromEnvironment: false,
      createdBy: actorId(actor),
      createdAt: now(),
    });
    audit(deps, actor, {
      projectId: null,
      action: "connection-created",
      subjectType: "connection",
      subjectId: connection.id,
      details: { baseUrl: connection.baseUrl },
    });
    return connection;
  });
}

function changeConnection(deps: ServiceDeps, actor: Actor, id: string, input: SaveInput): Connection | null {
  const { repos, secrets, models, now } = deps;
  const { apiKey, headers, ...facts } = input;
  const key = apiKey === undefined ? {} : { sealedKey: apiKey === "" ? null : secrets.seal(apiKey) };
  const extra = Object.keys(headers).length === 0 ? {} : { sealedHeaders: sealHeaders(secrets, headers) };
  const saved = repos.transaction(() => {
    audit(deps, actor, {
      projectId: null,
      action: "connection-changed",
      subjectType: "connection",
      subjectId: id,
      details: { keyChanged: apiKey !== undefined },
    });
    return repos.connections.update(id, { ...facts, ...key, ...extra }, now());
  });
  models.forget(id);
  return saved;
}

function sealHeaders(secrets: SecretBox, headers: Readonly<Record<string, string>>): string | null {
  return Object.keys(headers).length === 0 ? null : secrets.seal(JSON.stringify(headers));
}

const STEP_NAMES: Readonly<Record<ConnectionReport["steps"][number]["step"], string>> = {
  reach: "Reach the endpoint",
  models: "List its models",
  chat: "Get an answer",
  "structured-output": "Get an answer in a given form",
  embeddings: "Get embeddings",
};

function toTest({ isUsable, steps, models }: ConnectionReport): ConnectionTest {
  const failed = steps.find(({ status }) => status === "failed");
  const headline = failed
    ? failed.says
    : isUsable
      ? "It works."
      : "It can be reached. Enter the name of a model to test an answer.";
  return {
    ok: isUsable,
    headline,
    steps: steps.map(({ step, status, says, latencyMs }) => ({
      name: STEP_NAMES[step],
      status,
      detail: says,
      ms: latencyMs,
    })),
    models: [...models],
  };
}

function chatModelOf({ kind }: Connection): string | null {
  return kind === "simulated" ? "sim-task" : null;
}

function toView({
  sealedKey,
  sealedHeaders: _headers,
  createdBy: _author,
  ...facts
}: Connection): ConnectionView {
  return { ...facts, hasKey: sealedKey !== null };
}
