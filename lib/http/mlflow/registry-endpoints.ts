import { z } from "zod";
import { type RegistrySearch, registrySearchSchema } from "@/lib/contracts/mlflow-registry";
import type { Actor } from "@/lib/contracts/permissions";
import { endpoint, type MlflowEndpoints } from "./create-mlflow-handle";

/** What the endpoints need of the services: the registry as this server serves it. */
interface RegistryServices {
  mlflowRegistry: {
    prompt(actor: Actor, name: string): unknown;
    version(actor: Actor, name: string, version: string): unknown;
    versionByAlias(actor: Actor, name: string, alias: string): unknown;
    latestVersions(actor: Actor, name: string): unknown;
    searchPrompts(actor: Actor, query: RegistrySearch): unknown;
    searchVersions(actor: Actor, query: RegistrySearch): unknown;
    refuse(actor: Actor, act: string, given: Written): never;
  };
}
type Written = z.output<typeof writtenSchema>;

const named = z.object({ name: z.string().min(1) });
/** What a refusal needs of a write; the rest is not looked at. */
const writtenSchema = z.object({
  name: z.string().optional(),
  alias: z.string().optional(),
  version: z.coerce.string().optional(),
});

const writes = [
  "POST registered-models/create",
  "PATCH registered-models/update",
  "POST registered-models/rename",
  "DELETE registered-models/delete",
  "POST registered-models/set-tag",
  "DELETE registered-models/delete-tag",
  "POST registered-models/alias",
  "DELETE registered-models/alias",
  "POST model-versions/create",
  "PATCH model-versions/update",
  "DELETE model-versions/delete",
  "POST model-versions/transition-stage",
  "POST model-versions/set-tag",
  "DELETE model-versions/delete-tag",
];

/** MLflow's registry routes, under `/api/2.0/mlflow/`. */
export const registryEndpoints: MlflowEndpoints<RegistryServices> = new Map([
  read("registered-models/get", named, ({ actor, input, services }) => ({
    registered_model: services.mlflowRegistry.prompt(actor, input.name),
  })),
  read("registered-models/search", registrySearchSchema, ({ actor, input, services }) =>
    services.mlflowRegistry.searchPrompts(actor, input),
  ),
  read(
    "registered-models/alias",
    named.extend({ alias: z.string().min(1) }),
    ({ actor, input: { name, alias }, services }) => ({
      model_version: services.mlflowRegistry.versionByAlias(actor, name, alias),
    }),
  ),
  read(
    "model-versions/get",
    named.extend({ version: z.string() }),
    ({ actor, input: { name, version }, services }) => ({
      model_version: services.mlflowRegistry.version(actor, name, version),
    }),
  ),
  read("model-versions/search", registrySearchSchema, ({ actor, input, services }) =>
    services.mlflowRegistry.searchVersions(actor, input),
  ),
  ...["GET", "POST"].map((method) => {
    const [, answer] = read("", named, ({ actor, input, services }) => ({
      model_versions: services.mlflowRegistry.latestVersions(actor, input.name),
    }));
    return [`${method} registered-models/get-latest-versions`, answer] as const;
  }),
  ...writes.map(
    (act) =>
      [
        act,
        endpoint<RegistryServices, typeof writtenSchema>(writtenSchema, ({ actor, input, services }) =>
          services.mlflowRegistry.refuse(actor, act, input),
        ),
      ] as const,
  ),
]);

function read<Schema extends z.ZodType>(
  place: string,
  schema: Schema,
  answer: Parameters<typeof endpoint<RegistryServices, Schema>>[1],
) {
  return [`GET ${place}`, endpoint<RegistryServices, Schema>(schema, answer)] as const;
}
