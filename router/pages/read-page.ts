/** Reads a page whole in itself: the style that pages share is put in where it is linked, as they may load nothing. */
import { readFile } from 'node:fs/promises'

const link = '<link rel="stylesheet" href="page.css" />'

export async function readPage(name: string): Promise<string> {
  const [html, style] = await Promise.all([read(`${name}.html`), read('page.css')])
  return html.replace(link, () => `<style>\n${style}</style>`)
}

const read = (file: string) => readFile(new URL(file, import.meta.url), 'utf8')
