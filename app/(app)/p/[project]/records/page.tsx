import type { Metadata } from "next";
import { RecordsView } from "@/components/records/records-view";
import { loadRecords } from "./load-records";

export const metadata: Metadata = { title: "Records" };

interface PageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RecordsPage({ params, searchParams }: PageProps) {
  const { props } = await loadRecords(params, searchParams);
  return <RecordsView {...props} />;
}
