import type { ReactNode } from "react";

interface SectionProps {
  id: string;
  title: ReactNode;
  /** One sentence under the title. */
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** One part of the Judge page, with its own heading. */
export function Section({ id, title, about, actions, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h2 id={id} className="text-lg font-semibold">
            {title}
          </h2>
          {about && <p className="measure text-ink-muted">{about}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
