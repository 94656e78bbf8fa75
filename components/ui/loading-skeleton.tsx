import type { ReactNode } from "react";
import { cx } from "./cx";

/** A grey bar in place of what loads. Give it the size of what will come. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx("animate-wait rounded-md bg-hover", className)} />;
}

interface LoadingSkeletonProps {
  /** Shape of what will come, so that nothing jumps. */
  shape: "page" | "table" | "cards" | "text";
  rows?: number;
  /** What is being loaded, read out. */
  label?: string;
}

function repeat(count: number, className: string) {
  // biome-ignore lint/suspicious/noArrayIndexKey: identical bars
  return Array.from({ length: count }, (_, index) => <Skeleton key={index} className={className} />);
}

function shapeOf(shape: LoadingSkeletonProps["shape"], rows: number | undefined): ReactNode {
  switch (shape) {
    case "text":
      return (
        <div className="measure space-y-2.5">
          {repeat(rows ?? 3, "h-4 w-full")}
          <Skeleton className="h-4 w-2/5" />
        </div>
      );
    case "cards":
      return <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{repeat(rows ?? 3, "h-36")}</div>;
    case "table":
      return (
        <div className="divide-y divide-line rounded-lg border border-line">
          {Array.from({ length: rows ?? 8 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: identical rows
            <div key={index} className="flex h-9 items-center gap-6 px-3">
              <Skeleton className="h-3.5 flex-1" />
              <Skeleton className="h-3.5 w-16" />
              <Skeleton className="h-3.5 w-10" />
            </div>
          ))}
        </div>
      );
    case "page":
      return (
        <>
          <div className="mb-6 space-y-3">
            <Skeleton className="h-8 w-2/3 max-w-64" />
            <Skeleton className="h-5 w-11/12 max-w-96" />
          </div>
          <Skeleton className="mb-4 h-36" />
          {shapeOf("text", rows)}
        </>
      );
  }
}

/** The shape of what is on its way. */
export function LoadingSkeleton({ shape, rows, label = "Loading" }: LoadingSkeletonProps) {
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label}</span>
      {shapeOf(shape, rows)}
    </div>
  );
}
