import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RecordsView } from "@/components/records/records-view";
import { loadRecords } from "../load-records";

export const metadata: Metadata = { title: "Record" };

interface PageProps {
  params: Promise<{ project: string; record: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The list with one record open beside it; on phones the record alone. `new` = one that is being written. */
export default async function RecordPage({ params, searchParams }: PageProps) {
  const { props } = await loadRecords(params, searchParams);
  const { record } = props.initial;
  if (record !== null && record.projectId !== props.projectId) notFound();
  return <RecordsView {...props} />;
}
