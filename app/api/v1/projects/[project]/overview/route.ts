import { handle } from "@/app/api/handle";
import { AppError } from "@/lib/contracts/errors";
import { getOverview } from "@/lib/http/routes/projects.routes";

export const GET = handle(getOverview, ({ actor, params, services }) => {
  if (actor.kind !== "user")
    throw new AppError("forbidden", "The overview is for people. An API key reads the project's parts.");
  return services.overview.get(actor, params.project);
});
