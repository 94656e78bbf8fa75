import { toneSoft } from "./badge";
import { cx } from "./cx";
import { Term } from "./term";

/** Says that what stands here was made by simulated models; its meaning opens on hover, focus and tap. */
export function SimulatedTag({ className }: { className?: string }) {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1 rounded-sm border border-dashed px-1.5 text-xs font-medium leading-5",
        toneSoft.simulated,
        className,
      )}
    >
      <span aria-hidden="true" className="text-[0.625rem]">
        ▸{"\uFE0E"}
      </span>
      <Term code="simulated" className="decoration-transparent hover:decoration-current">
        simulated
      </Term>
    </span>
  );
}
