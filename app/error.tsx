"use client";

import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";

function digestOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-xl px-4 py-16">
      <ErrorState
        heading="h1"
        title="This page could not be shown"
        kept="Nothing you saved is lost; runs and other work on the server go on."
        next="Try again. If it happens a second time, tell whoever runs this server."
        details={digest ? `Number for the server's log: ${digest}` : undefined}
        actions={
          <>
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
            <LinkButton href="/">Go to Home</LinkButton>
          </>
        }
      />
    </main>
  );
}
