"use client";

import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/text-link";
import type { Home } from "@/lib/contracts/overview";
import { useArchive } from "./project-menu";

/** Projects that were put out of the way, with everything in them. */
export function ArchivedProjects({ projects }: { projects: Home["archived"] }) {
  if (projects.length === 0) return null;
  return (
    <Disclosure summary={`Archived (${projects.length})`} className="mt-3">
      <ul className="divide-y divide-line">
        {projects.map((project) => (
          <Archived key={project.id} project={project} />
        ))}
      </ul>
    </Disclosure>
  );
}

function Archived({ project }: { project: Home["archived"][number] }) {
  const archive = useArchive(project);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-2">
      <TextLink href={`/p/${project.id}`}>{project.name}</TextLink>
      {project.mayManage && (
        <Button size="sm" onClick={() => void archive(false)}>
          Bring back<span className="sr-only"> {project.name}</span>
        </Button>
      )}
    </li>
  );
}
