/** Its own scroll on wide pages, the page itself on phones. */
export const recordPanelFrame =
  "min-w-0 lg:sticky lg:top-16 lg:max-h-[calc(100dvh-5rem)] lg:self-start lg:overflow-y-auto lg:rounded-lg lg:border " +
  "lg:border-line lg:bg-raised lg:p-4";
