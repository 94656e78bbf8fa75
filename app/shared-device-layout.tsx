import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LazySharedDevice } from "@/components/shell/lazy-shared-device";
import { getServices } from "@/lib/services/container";

/** Round the pages of people who are signed in: on a shared device it watches for quiet minutes. */
export async function SharedDeviceLayout({ children }: { children: ReactNode }) {
  const here = await getServices().auth.signedIn(await headers());
  return (
    <>
      {children}
      {here?.session.isShared && <LazySharedDevice isNeeded />}
    </>
  );
}
