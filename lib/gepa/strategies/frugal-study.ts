import { failingIds } from "../reflective-examples";
import { runJobs } from "../rollout-desk";
import { knownScores } from "../scores";
import { type Member, type SearchState, withReadings } from "../state";
import type { ExampleId } from "../types";
import type { Plan } from "./frugal-plan";
import type { FrugalRun } from "./frugal-run";

/** The parent after it was looked at, and what that took. */
export interface Study {
  parent: Member;
  /** Ids that may be shown to the reflection model: of the trainset, scorable. */
  teachable: readonly ExampleId[];
  outcomes: readonly boolean[];
}

/** With fewer known failures than this the parent meets more examples before it is reflected on. */
const MIN_FAILURES = 2;

/** Buys rollouts of the parent only where too little is known to learn from, or to call it solved (SPEC RF2). */
export async function studyParent(run: FrugalRun, state: SearchState, plan: Plan): Promise<Study> {
  const train = new Set(run.trainIds);
  const usable = run.order.filter((id) => !state.unscorable.has(id));
  const teachable = usable.filter((id) => train.has(id));
  let study: Study = { parent: plan.parent, teachable, outcomes: [] };
  for (;;) {
    const isNear = isTargetNear(run, study.parent, usable);
    if (!isNear && failingIds(study.parent, teachable).length >= MIN_FAILURES) return study;
    const more = await studyMore(run, plan, study, isNear ? usable : teachable);
    if (more === null) return study;
    study = more;
  }
}

/** One rung of examples that the parent has not met; null when there is none, or no call for it. */
export async function studyMore(
  run: FrugalRun,
  plan: Plan,
  study: Study,
  from: readonly ExampleId[],
): Promise<Study | null> {
  const { parent } = study;
  const ids = from
    .filter((id) => !parent.readings.has(id) && !parent.failed.has(id))
    .slice(0, Math.min(run.options.rungSize, plan.wallet.left()));
  if (ids.length === 0) return null;
  const jobs = ids.map((exampleId) => ({ runnable: parent, exampleId }));
  const batch = await runJobs(run.desk, plan.wallet, jobs, "minibatch");
  const { scored, failed } = batch.of(parent);
  return {
    ...study,
    parent: withReadings(parent, scored, failed.keys()),
    outcomes: [...study.outcomes, ...batch.outcomes],
  };
}

/** The target is met as far as is known, but some valset example is not known yet. */
function isTargetNear(run: FrugalRun, parent: Member, usable: readonly ExampleId[]): boolean {
  const val = new Set(run.valIds);
  const ids = usable.filter((id) => val.has(id) && !parent.failed.has(id));
  const scores = knownScores(parent, ids);
  const total = scores.reduce((sum, score) => sum + score, 0);
  return scores.length > 0 && scores.length < ids.length && total >= run.input.targetScore * scores.length;
}
