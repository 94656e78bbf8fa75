// A small MLflow server in a process of its own: the routes that Touchstone calls, with the answers and the oddities
// that 3.18 has (read from its source and tried against it). Prints its port. `POST /fake` sets what it holds and how
// it misbehaves, `GET /fake` tells what was written to it.
import { createServer } from "node:http";

interface Version {
  version: string;
  description: string;
  tags: { key: string; value: string }[];
}
interface Model {
  tags: { key: string; value: string }[];
  versions: Version[];
  aliases: Record<string, string>;
}
type Json = Record<string, unknown>;
type Answer = (query: URLSearchParams, body: Json) => unknown;

const MARK = "mlflow.prompt.is_prompt";
const state = {
  models: {} as Record<string, Model>,
  experiments: { scouting: "7" } as Record<string, string>,
  datasets: {} as Record<string, Json[]>,
  traces: [] as Json[],
  runs: [] as (Json & { tags: Json[] })[],
  scorers: [] as Json[],
  artifacts: {} as Record<string, string>,
  /** Paths beginning with one of these are not known: an older server. */
  absent: [] as string[],
  /** So many calls are answered 503. */
  failing: 0,
  /** After so many calls one is cut; null = none. */
  passing: null as number | null,
  artifactRoot: "mlflow-artifacts:/7",
  token: null as string | null,
  calls: [] as string[],
};

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message = code,
  ) {
    super(message);
  }
}
const missing = (what: string): Refusal => new Refusal(404, "RESOURCE_DOES_NOT_EXIST", `${what} not found`);

function model(name: unknown): Model {
  const found = state.models[String(name)];
  if (!found) throw missing(`Registered Model with name=${name}`);
  return found;
}
function version(name: unknown, number: unknown): Version {
  const found = model(name).versions.find((one) => one.version === String(number));
  if (!found) throw missing(`Model Version (name=${name}, version=${number})`);
  return found;
}
function versionForm(name: string, one: Version): Json {
  const aliases = Object.entries(model(name).aliases).filter(([, number]) => number === one.version);
  // a list without members is left out, as protobuf does
  return { name, ...one, ...(aliases.length > 0 ? { aliases: aliases.map(([alias]) => alias) } : {}) };
}
function modelForm(name: string): Json {
  const { tags, aliases } = model(name);
  const list = Object.entries(aliases).map(([alias, number]) => ({ alias, version: number }));
  return { name, tags, ...(list.length > 0 ? { aliases: list } : {}) };
}
function setTag(tags: { key: string; value: string }[], { key, value }: Json): void {
  const known = tags.find((tag) => tag.key === key);
  if (known) known.value = String(value);
  else tags.push({ key: String(key), value: String(value) });
}
const page = <Item>(items: Item[], query: URLSearchParams, name: string): Json => {
  const start = Number(query.get("page_token") ?? 0);
  const end = start + Math.min(2, Number(query.get("max_results") ?? 2));
  return { [name]: items.slice(start, end), ...(end < items.length ? { next_page_token: String(end) } : {}) };
};

const answers: Record<string, Answer> = {
  "GET 2.0/mlflow/registered-models/search": (query) =>
    page(Object.keys(state.models).map(modelForm), query, "registered_models"),
  "GET 2.0/mlflow/registered-models/get": (query) => ({ registered_model: modelForm(known(query, "name")) }),
  "POST 2.0/mlflow/registered-models/create": (_, { name, tags }) => {
    state.models[String(name)] = { tags: tags as Model["tags"], versions: [], aliases: {} };
    return { registered_model: modelForm(String(name)) };
  },
  "GET 2.0/mlflow/registered-models/alias": (query) => {
    const name = known(query, "name");
    const number = model(name).aliases[query.get("alias") ?? ""];
    if (!number) throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Registered model alias not found.");
    return { model_version: versionForm(name, version(name, number)) };
  },
  "POST 2.0/mlflow/registered-models/alias": (_, { name, alias, version: number }) => {
    version(name, number);
    model(name).aliases[String(alias)] = String(number);
    return {};
  },
  // without the mark in the filter, prompts are no model versions
  "GET 2.0/mlflow/model-versions/search": (query) => {
    const filter = query.get("filter") ?? "";
    const name = /name\s*=\s*'([^']+)'/.exec(filter)?.[1] ?? "";
    const all = filter.includes(MARK) ? (state.models[name]?.versions ?? []) : [];
    return page(
      all.toReversed().map((one) => versionForm(name, one)),
      query,
      "model_versions",
    );
  },
  "GET 2.0/mlflow/model-versions/get": (query) => {
    const name = known(query, "name");
    return { model_version: versionForm(name, version(name, query.get("version"))) };
  },
  "POST 2.0/mlflow/model-versions/create": (_, { name, description, tags }) => {
    const { versions } = model(name);
    const made = {
      version: String(versions.length + 1),
      description: String(description),
      tags: tags as Version["tags"],
    };
    versions.push(made);
    return { model_version: versionForm(String(name), made) };
  },
  "POST 2.0/mlflow/model-versions/set-tag": (_, body) => {
    setTag(version(body.name, body.version).tags, body);
    return {};
  },
  "GET 2.0/mlflow/experiments/get-by-name": (query) => {
    const name = known(query, "experiment_name");
    const id = state.experiments[name];
    if (!id) throw missing(`Experiment ${name}`);
    return { experiment: { experiment_id: id, name, artifact_location: state.artifactRoot } };
  },
  "POST 2.0/mlflow/experiments/create": (_, { name }) => {
    state.experiments[String(name)] = String(100 + Object.keys(state.experiments).length);
    return { experiment_id: state.experiments[String(name)] };
  },
  "POST 2.0/mlflow/experiments/search": () => ({}),
  "POST 2.0/mlflow/runs/search": (_, { filter }) => {
    const value = /= '([^']+)'/.exec(String(filter))?.[1];
    const runs = state.runs.filter(({ tags }) => tags.some((tag) => tag.value === value));
    return runs.length === 0 ? {} : { runs: runs.map(runForm) };
  },
  "POST 2.0/mlflow/runs/create": (_, body) => {
    const run = { ...body, run_id: `run${state.runs.length + 1}`, tags: body.tags as Json[] };
    state.runs.push(run);
    return { run: runForm(run) };
  },
  "POST 2.0/mlflow/runs/log-batch": (_, { run_id: id, metrics, params }) => {
    Object.assign(state.runs.find((run) => run.run_id === id) ?? {}, { metrics, params });
    return {};
  },
  "POST 2.0/mlflow/runs/update": () => ({}),
  "GET 2.0/mlflow-artifacts/artifacts": () => ({}),
  "POST 3.0/mlflow/datasets/search": () => ({
    datasets: Object.keys(state.datasets).map((id) => ({ dataset_id: id, name: id })),
  }),
  "POST 3.0/mlflow/traces/search": (_, { page_token: token = "0" }) => {
    const start = Number(token);
    const infos = state.traces.map(({ info }) => info);
    const next = start + 1 < infos.length ? { next_page_token: String(start + 1) } : {};
    return { traces: infos.slice(start, start + 1), ...next };
  },
  "GET 3.0/mlflow/traces/get": (query) => {
    const found = state.traces.find(({ info }) => (info as Json).trace_id === query.get("trace_id"));
    if (!found) throw missing("Trace");
    return { trace: { trace_info: found.info, spans: found.spans } };
  },
  "GET 3.0/mlflow/scorers/list": () => ({ scorers: state.scorers }),
  "POST 3.0/mlflow/scorers/register": (_, body) => {
    state.scorers.push(body);
    return { version: state.scorers.length };
  },
};

function known(query: URLSearchParams, name: string): string {
  return query.get(name) ?? "";
}
function runForm(run: Json): Json {
  return { info: { run_id: run.run_id, artifact_uri: `${state.artifactRoot}/${run.run_id}/artifacts` } };
}

function answer(method: string, url: URL, text: string): unknown {
  const path = url.pathname.replace(/^\/api\//, "");
  state.calls.push(`${method} ${path}`);
  if (state.failing > 0) {
    state.failing -= 1;
    throw new Refusal(503, "TEMPORARILY_UNAVAILABLE");
  }
  if (state.passing !== null && state.passing-- === 0) {
    state.passing = null;
    throw new Refusal(503, "TEMPORARILY_UNAVAILABLE");
  }
  if (state.absent.some((prefix) => path.startsWith(prefix))) throw new Refusal(404, "");
  const records = /^3\.0\/mlflow\/datasets\/([^/]+)\/records$/.exec(path)?.[1];
  if (records) {
    const { list, next_page_token } = page(state.datasets[records] ?? [], url.searchParams, "list");
    return { records: JSON.stringify(list), next_page_token };
  }
  if (method === "PUT" && path.startsWith("2.0/mlflow-artifacts/artifacts/")) {
    state.artifacts[path.replace("2.0/mlflow-artifacts/artifacts/", "")] = text;
    return {};
  }
  const found = answers[`${method} ${path}`];
  if (!found) throw new Refusal(404, "");
  return found(url.searchParams, text === "" ? {} : JSON.parse(text));
}

const server = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  request.on("end", () => {
    const url = new URL(request.url ?? "/", "http://fake");
    const send = (status: number, body: unknown, type = "application/json"): void => {
      response
        .writeHead(status, { "content-type": type })
        .end(typeof body === "string" ? body : JSON.stringify(body));
    };
    if (url.pathname === "/fake") {
      if (request.method === "POST") Object.assign(state, JSON.parse(text));
      return send(200, state);
    }
    if (url.pathname === "/version") return send(200, "3.18.0", "text/plain");
    if (state.token !== null && request.headers.authorization !== `Bearer ${state.token}`)
      return send(401, "You are not authenticated.", "text/plain");
    try {
      send(200, answer(request.method ?? "GET", url, text));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // a route that is not there is answered in HTML
      if (error.code === "") send(error.status, "<!doctype html><h1>Not Found</h1>", "text/html");
      else send(error.status, { error_code: error.code, message: error.message });
    }
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(typeof address === "object" && address ? `${address.port}\n` : "");
});
process.on("disconnect", () => process.exit(0));
