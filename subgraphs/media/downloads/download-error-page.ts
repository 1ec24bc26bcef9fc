/** What a person sees who follows a link that no longer opens anything. */

export interface Page {
  readonly html: string
  readonly contentSecurityPolicy: string
}

/** The message is one of ours and holds no markup. */
export function downloadErrorPage(message: string): Page {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>This link opens nothing · Earshot</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
  h1 { font-size: 1.5rem }
</style>
<main>
  <h1>This link opens nothing</h1>
  <p>${message}</p>
  <p>The owner of the MP3 can make a new link at any time.</p>
</main>
</html>
`
  return { html, contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'" }
}
