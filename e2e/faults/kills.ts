import { createRng, type Rng } from "@/lib/util/rng";
import { type Acknowledged, type Activity, activities } from "./activities";
import { type FaultWorld, pause, startFaultWorld } from "./world";

/** One kill and what came of it. */
export interface KillReport {
  round: number;
  activity: string;
  afterMs: number;
  /** Null = all is as it should be. */
  problem: string | null;
}

/**
 * Kills the server at random moments of what people do, again and again on the same data. After each: the integrity
 * check passes, what was acknowledged is there, the work goes on to its end, and no committed reply is bought again.
 * @param kills how many; the activities take turns
 */
export async function runKills(
  kills: number,
  seed: string,
  onReport: (report: KillReport) => void = () => undefined,
  names: readonly string[] = activities.map(({ name }) => name),
): Promise<KillReport[]> {
  const rng = createRng(seed);
  const chosen = activities.filter(({ name }) => names.includes(name));
  const world = await startFaultWorld();
  const reports: KillReport[] = [];
  try {
    for (let round = 0; round < kills; round++) {
      const activity = chosen[round % chosen.length] as Activity;
      const report = await killOnce(world, activity, round, rng);
      reports.push(report);
      onReport(report);
    }
  } finally {
    await world.close();
  }
  return reports;
}

async function killOnce(world: FaultWorld, activity: Activity, round: number, rng: Rng): Promise<KillReport> {
  const afterMs = Math.round(rng.next() * activity.lengthMs);
  const noted: Acknowledged = { paths: [], facts: {} };
  const report = { round, activity: activity.name, afterMs };
  // cut by the kill: what it had been told until then is in `noted`
  let refusal: string | null = null;
  const act = activity.act(world, round, noted).catch((error: unknown) => {
    refusal = error instanceof Error && error.message.includes(" answered ") ? error.message : null;
  });
  try {
    await pause(afterMs);
    await world.killAndRestart();
    await act;
    if (refusal !== null) return { ...report, problem: refusal };
    await activity.check(world, round, noted);
    const again = await world.boughtAgain();
    return { ...report, problem: again.length === 0 ? null : `bought again: ${again.join("; ")}` };
  } catch (error) {
    return { ...report, problem: error instanceof Error ? error.message : String(error) };
  }
}
