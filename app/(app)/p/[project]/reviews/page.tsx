import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { ReviewList } from "@/components/reviews/review-list";

export const metadata: Metadata = { title: "Reviews" };

export default async function ReviewsPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  return (
    <ReviewList
      projectId={project.id}
      reviews={services.reviews.list(actor, project.id)}
      mayRun={can("runs:write")}
    />
  );
}
