import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { AnswersView } from "@/components/answers/answers-view";

export const metadata: Metadata = { title: "Answers" };

export default async function AnswersPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { evaluations, queues, labels, overview } = services;
  overview.visit(actor, project.id, `/p/${project.id}/answers`);
  const { free, judgeId } = queues.free(actor, project.id);
  return (
    <AnswersView
      projectId={project.id}
      isSimulated={project.simulated}
      mayGetAnswers={can("answers:create")}
      mayLabel={can("labels:write")}
      rounds={evaluations.list(actor, project.id)}
      queues={queues.list(actor, project.id)}
      free={free}
      judgeId={judgeId}
      disagreements={labels.disagreements(actor, project.id)}
      agreement={labels.agreement(actor, project.id)}
      grades={judgeId === null ? [] : queues.grades(actor, judgeId)}
      maySettle={can("judges:use")}
      people={queues.people(actor, project.id)}
      unjudged={queues.unjudged(actor, project.id)}
      myLabels={labels.list(actor, project.id, { mine: true, limit: 50 })}
      offer={evaluations.offer(actor, project.id)}
    />
  );
}
