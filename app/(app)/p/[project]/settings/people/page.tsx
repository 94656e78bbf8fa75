import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { PeopleView } from "@/components/people/people-view";

export const metadata: Metadata = { title: "People and links" };

export default async function PeoplePage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  return (
    <PeopleView
      projectId={project.id}
      me={actor.userId}
      members={services.members.list(actor, project.id)}
      invitations={can("members:manage") ? services.invitations.list(actor, project.id) : null}
      links={can("links:manage") ? services.personalLinks.list(actor, project.id) : null}
      queues={services.queues.list(actor, project.id)}
      reach={services.reach.words(actor)}
    />
  );
}
