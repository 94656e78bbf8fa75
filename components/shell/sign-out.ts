/**
 * Ends the session and opens the sign-in page by a full load, so that nothing of this person
 * stays in memory. Throws when the server does not end it.
 */
export async function signOut(): Promise<void> {
  const response = await fetch("/api/auth/sign-out", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  if (!response.ok) throw new Error(`sign-out answered ${response.status}`);
  window.location.assign("/sign-in");
}
