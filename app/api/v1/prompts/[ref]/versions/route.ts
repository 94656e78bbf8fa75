import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { addPromptVersion } from "@/lib/http/routes/prompts.routes";

export const POST = handle(addPromptVersion, ({ actor, params, body, services }) => {
  const version = services.prompts.addVersion(actor, params.ref, body);
  return created(version, `/api/v1/prompts/${params.ref}/versions/${version.version}`);
});
