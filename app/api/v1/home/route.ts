import { handle } from "@/app/api/handle";
import { AppError } from "@/lib/contracts/errors";
import { getHome } from "@/lib/http/routes/projects.routes";

export const GET = handle(getHome, ({ actor, services }) => {
  if (actor.kind !== "user")
    throw new AppError("forbidden", "Home is for people. An API key belongs to one project.");
  return services.overview.home(actor);
});
