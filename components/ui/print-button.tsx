"use client";

import { Button } from "./button";

/** Opens the browser's print dialog; the page prints to A4. */
export function PrintButton() {
  return (
    <Button size="sm" variant="quiet" onClick={() => window.print()} data-print="hide">
      Print
    </Button>
  );
}
