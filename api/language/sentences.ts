import type { Page } from 'playwright'

/** Names and text by people and businesses, and text that is the same in every language. */
const data = [
  /Harbor & Sons( Plumbing)?|Goodword|WhatsApp|Neighbor Thank-You|Anna( Kowalski| K\.)?|Priya( Shah| S\.)?|Dana W\.|Ed Castellano|AK|PS/g,
  /(your|their) first plumbing visit|Drain cleaning|Can’t stop by before 5/gi,
  /https?:\/\/\S+|[\w.-]+\.example\b|[\w.-]+(:\d+)?\/r\/\S*|localhost\S*|\S+@\S+|\b[A-Z0-9]{7}\b|\bK7P-R4MX\b|\bERASE\b/g,
  // For a language they don't know, the browser and Node use month names of their own.
  /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\b[AP]M\b/g,
]

/** The texts that contain a word without an accent, which means that they are in English. */
export const untranslated = (texts: string[]): string[] =>
  texts.filter((text) => /[A-Za-z]{2,}/.test(data.reduce((rest, pattern) => rest.replace(pattern, ''), text)))

/**
 * All text of a page, visible or for screen readers, including shadow roots. Leaves out the names of languages, and the
 * hidden field that only bots fill in.
 */
export const textsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts: string[] = [document.title]
    const visit = (node: Node) => {
      if (node instanceof Text) texts.push(node.data.trim())
      if (node instanceof Element) {
        if (node.matches('script, style, noscript, .sr-only[aria-hidden], .unseen[aria-hidden], #own-language')) return
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) texts.push(node.getAttribute(name) ?? '')
        if (node.shadowRoot) for (const child of node.shadowRoot.childNodes) visit(child)
      }
      for (const child of node.childNodes) visit(child)
    }
    visit(document.body)
    return texts.filter(Boolean)
  })
