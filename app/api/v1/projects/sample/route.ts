import { handle } from "@/app/api/handle";
import { openSample } from "@/lib/http/routes/projects.routes";

export const POST = handle(openSample, ({ actor, services }) => services.projects.openSample(actor));
