"use client";

import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { signOut } from "./sign-out";

/** Signs out; says so when the server did not answer. */
export function SignOutButton({ label }: { label: string }) {
  const { toast } = useToast();
  const leave = () => {
    signOut().catch(() =>
      toast({ title: "You are still signed in: the server did not answer.", mark: "warning" }),
    );
  };
  return <Button onClick={leave}>{label}</Button>;
}
