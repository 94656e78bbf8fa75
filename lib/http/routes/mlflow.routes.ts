import { z } from "zod";
import {
  mlflowCheckSchema,
  mlflowImportSchema,
  mlflowLinkSchema,
  mlflowPageSchema,
  mlflowPushSchema,
  saveMlflowLinkInput,
} from "@/lib/contracts/mlflow";
import { defineRoute } from "../define-route";

export const getMlflow = defineRoute({
  id: "mlflow.get",
  method: "GET",
  path: "/api/v1/projects/:project/mlflow",
  summary:
    "The MLflow server of the project, its newest import, and what was written there. Never the token.",
  permission: "connections:manage",
  response: mlflowPageSchema,
});

export const saveMlflow = defineRoute({
  id: "mlflow.save",
  method: "PUT",
  path: "/api/v1/projects/:project/mlflow",
  summary:
    "Connects the project with an MLflow server, or changes that. The token is sealed; left out it stays.",
  permission: "connections:manage",
  body: saveMlflowLinkInput,
  response: mlflowLinkSchema,
});

export const removeMlflow = defineRoute({
  id: "mlflow.remove",
  method: "DELETE",
  path: "/api/v1/projects/:project/mlflow",
  summary: "Nothing more is read or written there. What was imported stays.",
  permission: "connections:manage",
});

export const checkMlflow = defineRoute({
  id: "mlflow.check",
  method: "POST",
  path: "/api/v1/projects/:project/mlflow/check",
  summary: "Asks the server which services it has, and where the aliases point there.",
  permission: "connections:manage",
  response: mlflowCheckSchema,
});

export const startMlflowImport = defineRoute({
  id: "mlflow.import",
  method: "POST",
  path: "/api/v1/projects/:project/mlflow/imports",
  summary: "Reads prompts, datasets and judged traces of the server. Changes nothing until it is confirmed.",
  permission: "connections:manage",
  response: mlflowImportSchema,
  status: 201,
});

export const getMlflowImport = defineRoute({
  id: "mlflow.import-get",
  method: "GET",
  path: "/api/v1/projects/:project/mlflow/imports/:intake",
  summary: "Where an import stands: what it would do, and at the end what it did.",
  permission: "connections:manage",
  response: mlflowImportSchema,
});

export const confirmMlflowImport = defineRoute({
  id: "mlflow.import-confirm",
  method: "POST",
  path: "/api/v1/projects/:project/mlflow/imports/:intake/confirm",
  summary: "Writes what was read. A second import of the same things changes nothing.",
  permission: "connections:manage",
  response: mlflowImportSchema,
});

export const pushMlflowAgain = defineRoute({
  id: "mlflow.push-again",
  method: "POST",
  path: "/api/v1/projects/:project/mlflow/pushes/:push/again",
  summary: "Tries a write again at once; with `force` also where the alias was moved outside Touchstone.",
  permission: "connections:manage",
  body: z.object({ force: z.boolean().default(false) }),
  response: mlflowPushSchema,
});
