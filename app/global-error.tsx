"use client";

import "./globals.css";

/**
 * Shown when the root layout itself fails. It may be served without a nonce, hence without
 * scripts: everything on it works as plain HTML.
 */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>Something broke · Touchstone</title>
        <main className="mx-auto max-w-xl px-4 py-16">
          <h1 className="text-xl font-semibold">Touchstone could not show this page</h1>
          <p className="mt-3 text-base">
            Nothing you saved is lost; runs and other work on the server go on. Load the page again. If it
            happens a second time, tell whoever runs this server.
          </p>
          <p className="mt-6 text-base">
            {/* A plain link: a full load also brings back a page whose scripts are broken. */}
            <a className="text-accent underline underline-offset-4" href="/">
              Go to Home
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
