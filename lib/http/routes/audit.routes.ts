import { auditExportQuery, auditPageSchema, auditQuerySchema } from "@/lib/contracts/audit";
import { defineRoute } from "../define-route";

export const listProjectAudit = defineRoute({
  id: "audit.list",
  method: "GET",
  path: "/api/v1/projects/:project/audit",
  summary: "Who did what in the project, newest first; filtered, a page at a time.",
  permission: "project:manage",
  query: auditQuerySchema,
  response: auditPageSchema,
});

export const exportProjectAudit = defineRoute({
  id: "audit.export",
  method: "GET",
  path: "/api/v1/projects/:project/audit/export",
  summary: "The same as a file, CSV or JSON lines, all pages of the filter.",
  permission: "project:manage",
  query: auditExportQuery,
});

export const listServerAudit = defineRoute({
  id: "server.audit",
  method: "GET",
  path: "/api/v1/server/audit",
  summary: "Who did what on the whole server, newest first; filtered, a page at a time.",
  permission: "server-admin",
  query: auditQuerySchema,
  response: auditPageSchema,
});

export const exportServerAudit = defineRoute({
  id: "server.audit-export",
  method: "GET",
  path: "/api/v1/server/audit/export",
  summary: "The same as a file, CSV or JSON lines, all pages of the filter.",
  permission: "server-admin",
  query: auditExportQuery,
});
