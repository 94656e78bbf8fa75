import { handle } from "@/app/api/handle";
import { reply } from "@/lib/http/reply";
import { readPromptVersion } from "@/lib/http/routes/prompts.routes";

export const GET = handle(readPromptVersion, ({ actor, params, services }) => {
  const { read, etag, cacheControl } = services.prompts.readVersion(actor, params.ref, params.version);
  return reply(read, { etag, cacheControl });
});
