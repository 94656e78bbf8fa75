import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { TryQuestion } from "@/components/prompts/try-question";
import { ReviewPageView } from "@/components/reviews/review-page-view";

export const metadata: Metadata = { title: "Review" };

interface ReviewPageProps {
  params: Promise<{ project: string; review: string }>;
}

export default async function ReviewPage({ params }: ReviewPageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { review: reviewId } = await params;
  const review = orNotFound(() => services.reviews.get(actor, reviewId));
  if (review.projectId !== project.id) notFound();
  const prompt = services.prompts.list(actor, project.id).find(({ id }) => id === review.promptId);
  const before = prompt?.versions.find(({ id }) => id === review.baseline?.versionId);
  const sides = [
    ...(before
      ? [{ name: `v${before.version}`, components: before.components, variables: before.variables }]
      : []),
    { name: "The words under review", components: review.components },
  ];
  return (
    <ReviewPageView
      initial={review}
      tryPanel={
        can("answers:create") && (
          <TryQuestion
            projectId={project.id}
            sides={sides}
            maySave={can("records:write")}
            isSimulated={project.simulated}
          />
        )
      }
    />
  );
}
