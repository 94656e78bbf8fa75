/** A file for the browser to save; never shown as a page. */
export function fileReply({ name, type, text }: { name: string; type: string; text: string }): Response {
  return new Response(text, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
