import { benchWorld, type WorldJob } from "./bench-world";
import { type Peer, startPeer } from "./peer/peer";

// A process of its own: worlds come in as messages, what became of them goes back.
let peer: Peer | null = null;

process.on("message", (job: WorldJob) => {
  if (job.python !== null) peer ??= startPeer(job.python);
  benchWorld(job, peer).then(
    (result) => process.send?.({ result }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on("disconnect", () => peer?.close());
