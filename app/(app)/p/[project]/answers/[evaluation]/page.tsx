import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { RoundView } from "@/components/answers/round-view";

export const metadata: Metadata = { title: "Round of answers" };
const ANSWERS_AT_FIRST = 50;

interface RoundPageProps {
  params: Promise<{ project: string; evaluation: string }>;
}

export default async function RoundPage({ params }: RoundPageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { evaluation } = await params;
  const round = orNotFound(() => services.evaluations.get(actor, evaluation));
  if (round.projectId !== project.id) notFound();
  const waiting = services.queues.list(actor, project.id).find(({ leftForMe }) => leftForMe > 0) ?? null;
  return (
    <RoundView
      projectId={project.id}
      round={round}
      answers={services.evaluations.answers(actor, project.id, { evaluation, limit: ANSWERS_AT_FIRST })}
      waiting={can("labels:write") ? waiting : null}
      mayControl={can("answers:create")}
      mayWrite={can("records:write")}
    />
  );
}
