/** The stone with its streak of gold. Decoration: the name stands beside it. */
export function BrandMark({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={`${className} shrink-0`}>
      <path
        d="M7.5 3.5h15.2c1.6 0 3 .9 3.6 2.4l2.3 5.6c.3.7.4 1.4.3 2.2l-1.6 11.4a4 4 0 0 1-4 3.4H8.9a4 4 0 0 1-3.9-3.2L2.9 14.9c-.2-.9-.1-1.7.3-2.5l1-6A4 4 0 0 1 7.5 3.5Z"
        className="fill-[oklch(0.27_0.022_240)] dark:fill-[oklch(0.36_0.022_240)]"
      />
      <path
        d="m9 21.5 4.2-4.4 2.6 1.6L23 10.5"
        fill="none"
        className="stroke-[oklch(0.79_0.125_85)]"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
