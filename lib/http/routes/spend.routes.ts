import { spendMonthSchema, spendQuerySchema } from "@/lib/contracts/spend";
import { defineRoute } from "../define-route";

export const getSpend = defineRoute({
  id: "spend.month",
  method: "GET",
  path: "/api/v1/projects/:project/spend",
  summary:
    "What the project's stored model calls cost in a month (UTC), by purpose, model and day, and its cap.",
  permission: "project:read",
  scope: "runs:read",
  query: spendQuerySchema,
  response: spendMonthSchema,
});
