import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage } from "@/app/load-project-page";
import { FocusLayout } from "@/components/shell/focus-layout";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { AppError } from "@/lib/contracts/errors";
import type { Services } from "@/lib/services/services";
import { CompareScreen } from "./compare-screen";

export const metadata: Metadata = { title: "Compare" };

interface ComparePageProps {
  params: Promise<{ project: string; review: string }>;
}

export default async function ComparePage({ params }: ComparePageProps) {
  const { actor, services, project } = await loadProjectPage(params);
  const { review } = await params;
  const sheet = sheetOrRefusal(services, actor, review);
  if (!(sheet instanceof AppError)) {
    if (sheet.projectId !== project.id) notFound();
    return <CompareScreen key={review} sheet={sheet} isSimulated={project.simulated} />;
  }
  if (sheet.code === "not-found") notFound();
  const back = `/p/${project.id}`;
  return (
    <FocusLayout progress="Compare" leaveHref={back} label="Compare" isSimulated={project.simulated}>
      <EmptyState
        title="There is nothing to compare for you."
        primary={<LinkButton href={back}>Back to the overview</LinkButton>}
      >
        <p>{sheet.detail}</p>
      </EmptyState>
    </FocusLayout>
  );
}

function sheetOrRefusal(
  services: Services,
  actor: Parameters<Services["blind"]["sheet"]>[0],
  review: string,
) {
  try {
    return services.blind.sheet(actor, review);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
