import { z } from "zod";
import { handle } from "@/app/api/handle";
import { AppError } from "@/lib/contracts/errors";
import { controlAlignment } from "@/lib/http/routes/judges.routes";
import { alignmentActions } from "@/lib/services/alignments/alignments.service";

const actionSchema = z.enum(alignmentActions);

export const POST = handle(controlAlignment, async ({ actor, params, services }) => {
  const action = actionSchema.safeParse(params.action);
  if (!action.success) {
    throw new AppError(
      "not-found",
      `There is no action "${params.action}". Use ${alignmentActions.join(", ")}.`,
    );
  }
  return services.alignments.control(actor, params.alignment, action.data);
});
