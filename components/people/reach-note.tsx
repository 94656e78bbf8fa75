import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import type { Reach } from "./people-view";

/** Before anyone is sent a dead link: whether it opens elsewhere. */
export function ReachNote({ reach }: { reach: Reach }) {
  if (!reach.isThisComputerOnly) return null;
  return (
    <Callout title="Links open on this computer only" tone="warning">
      <p>
        This server answers at {reach.baseUrl} and nowhere else, so a link that you send is dead on another
        device.{" "}
        {reach.mayChangeReach ? (
          <TextLink href="/server#reach">Make it reachable first</TextLink>
        ) : (
          "Whoever runs it can make it reachable."
        )}
      </p>
    </Callout>
  );
}
