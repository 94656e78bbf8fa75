import type Sqlite from "better-sqlite3";

/** A stored call as an erasure looks at it. */
type Cells = Readonly<Record<string, string | null>>;

/**
 * Whether a stored reflection was shown the record, by what it hangs on: work that has the record among its own, and
 * there a reflection that names it as shown, or that holds any line of it, however short. A short line ("Punt?") says
 * too little to be looked for in all of a project; among the reflections of work on this very record it says enough,
 * and where it strikes one too many, that one loses its text for nothing worse.
 */
export function reflectionsOn(
  raw: Sqlite.Database,
  recordId: string,
  ownTexts: readonly string[],
): (cells: Cells) => boolean {
  const jobs = new Set(raw.prepare(WORK_ON_RECORD).pluck().all({ record: recordId }) as string[]);
  const shown = new Set(raw.prepare(SHOWN_IN).pluck().all({ record: recordId }) as string[]);
  const lines = rawLines(ownTexts);
  return ({ job_id: jobId, role, call_key: callKey, request, reply }) => {
    if (role !== "reflection" || !jobs.has(jobId ?? "")) return false;
    const proposal = /^(reflect:[^-]+)-/.exec(callKey ?? "")?.[1];
    if (proposal !== undefined && shown.has(`${jobId} ${proposal}`)) return true;
    const text = `${request ?? ""}${reply ?? ""}`;
    return lines.some((line) => text.includes(line));
  };
}

/** Runs that search on it, teachings with a label of it, and a draft of it. */
const WORK_ON_RECORD = `
  select job_id from runs
  where exists (select 1 from json_each(runs.manifest, '$.value.trainset') where value = :record)
  union
  select a.job_id from alignments a, json_each(a.label_ids, '$.value') l join labels on labels.id = l.value
  where labels.record_id = :record
  union
  select id from jobs where kind = 'draft' and subject_id = :record`;

/** Reflections that the journal says were shown it, as "job reflect:proposal". */
const SHOWN_IN = `
  select r.job_id || ' reflect:' || json_extract(e.body, '$.value.proposalId')
  from run_events e join runs r on r.id = e.run_id
  where e.type = 'reflection-started'
    and exists (select 1 from json_each(e.body, '$.value.exampleIds') where value = :record)`;

/** Lines of any length as they stand inside stored JSON; those without a letter or digit say nothing. */
function rawLines(texts: readonly string[]): string[] {
  const lines = texts
    .flatMap((text) => text.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .map((line) => JSON.stringify(line).slice(1, -1));
  return [...new Set(lines)];
}
