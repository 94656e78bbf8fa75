import { z } from "zod";
import { meSchema, setupInput } from "@/lib/contracts/accounts";
import { defineRoute } from "../define-route";

export const completeSetup = defineRoute({
  id: "setup.complete",
  method: "POST",
  path: "/api/v1/setup",
  summary: "Creates the first account, which administers the server, and signs it in.",
  permission: "public",
  body: setupInput,
  response: z.object({ userId: z.string() }),
  status: 201,
});

export const readMe = defineRoute({
  id: "me.read",
  method: "GET",
  path: "/api/v1/me",
  summary: "Who is asking: the person of the session, or the API key with its scopes.",
  permission: "signed-in",
  scope: "prompts:read",
  response: meSchema,
});
