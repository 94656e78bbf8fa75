import { handle } from "@/app/api/handle";
import { buildOpenApi } from "@/lib/http/openapi";
import { routes } from "@/lib/http/registry";
import { reply } from "@/lib/http/reply";
import { readOpenApi } from "@/lib/http/routes/meta.routes";

export const GET = handle(readOpenApi, () =>
  reply(buildOpenApi({ routes, version: "1" }), { cacheControl: "public, max-age=300" }),
);
