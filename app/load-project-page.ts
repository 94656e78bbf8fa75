import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { AppError } from "@/lib/contracts/errors";
import type { Actor, Permission, Role } from "@/lib/contracts/permissions";
import type { ProjectView } from "@/lib/contracts/projects";
import { can } from "@/lib/services/authorize";
import { getServices } from "@/lib/services/container";
import type { Services } from "@/lib/services/services";

export interface SignedInPage {
  actor: Extract<Actor, { kind: "user" }>;
  services: Services;
}

export interface ProjectPage extends SignedInPage {
  project: ProjectView;
  role: Role;
  can(permission: Permission): boolean;
}

/**
 * Who looks at a page. Without a session: to the sign-in page, or to the setup while there is nobody yet. Somebody with
 * a personal link sees the page of its queue; from all others they are led to the end of their part.
 */
export async function loadSignedInPage(queueId?: string): Promise<SignedInPage> {
  const services = getServices();
  const actor = await services.auth.actorOf(await headers());
  if (actor?.kind !== "user") redirect(services.auth.isSetUp() ? "/sign-in" : "/setup");
  if (actor.confinedTo && actor.confinedTo.queueId !== queueId) redirect("/thanks");
  return { actor, services };
}

/**
 * What every page of a project needs. A project that is not the person's does not exist for them.
 * @param queueId of the page of a queue, which a personal link to it opens
 */
export async function loadProjectPage(
  params: Promise<{ project: string }>,
  queueId?: string,
): Promise<ProjectPage> {
  const { actor, services } = await loadSignedInPage(queueId);
  const { project: projectId } = await params;
  try {
    const project = services.projects.get(actor, projectId);
    const role = services.projects.roleOf(actor, projectId);
    return { actor, services, project, role, can: (permission) => can(actor, permission, projectId) };
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}

/** The value, or the page for what does not exist. */
export function orNotFound<Value>(load: () => Value): Value {
  try {
    return load();
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
