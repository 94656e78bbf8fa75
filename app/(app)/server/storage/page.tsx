import type { Metadata } from "next";
import { loadSignedInPage } from "@/app/load-project-page";
import { StorageView } from "@/components/server/storage-view";
import { ServerFrame } from "../server-frame";

export const metadata: Metadata = { title: "Storage" };

export default async function StoragePage() {
  const { actor, services } = await loadSignedInPage();
  return (
    <ServerFrame actor={actor} what="see what is stored">
      {() => <StorageView initial={services.storage.get(actor)} />}
    </ServerFrame>
  );
}
