/** A page's Content-Security-Policy: it may run the very scripts it came with and speak to its own origin, nothing else. */
import { createHash } from 'node:crypto'

export interface PageNeeds {
  readonly html: string
  /** Further directives, such as `worker-src blob:`. */
  readonly further?: readonly string[]
}

export function contentSecurityPolicy({ html, further = [] }: PageNeeds): string {
  return [
    "default-src 'none'",
    `script-src ${inlineScripts(html).map(hashSource).join(' ') || "'none'"}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    ...further,
  ].join('; ')
}

/** Between the first opening tag and the last closing one: the pages have one script each, which may quote tags. */
function inlineScripts(html: string): string[] {
  const start = html.indexOf('<script>')
  const end = html.lastIndexOf('</script>')
  return start === -1 ? [] : [html.slice(start + '<script>'.length, end)]
}

function hashSource(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
