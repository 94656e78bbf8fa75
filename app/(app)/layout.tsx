import type { ReactNode } from "react";
import { SharedDeviceLayout } from "@/app/shared-device-layout";

export default function SignedInLayout({ children }: { children: ReactNode }) {
  return <SharedDeviceLayout>{children}</SharedDeviceLayout>;
}
