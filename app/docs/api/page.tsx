import type { Metadata } from "next";
import { ApiDocs } from "@/components/docs/api-docs";
import { prepareApiDocs } from "@/lib/http/api-docs";
import { routes } from "@/lib/http/registry";

export const metadata: Metadata = { title: "API" };

/** For whoever writes a program against this server; it says nothing of any project, so nobody need sign in. */
export default function ApiDocsPage() {
  return <ApiDocs areas={prepareApiDocs(routes)} />;
}
