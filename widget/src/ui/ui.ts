import './preact.ts'
import { form } from '../form/form.tsx'
import { type Kind, kindOf, type Page } from '../page.ts'
import { ask } from './answers.ts'
import type { Draw } from './element.tsx'
import { wordsIn } from './language.ts'
import { partOf } from './partOf.ts'
import { questionOf } from './question.ts'
import { dress } from './surface.ts'

/** For the other parts, which draw with this one. */
export { element } from './element.tsx'
export { ask, partOf }

/** What draws elements of some kinds, by kind. `unasked` is called for one that has no question for our server yet. */
type ElementsPart = Partial<Record<Kind, Draw>> & { unasked(host: HTMLElement, page: Page): undefined }

/**
 * Shows an element in the shadow root of `host`, once; the children of `host` show until then. Rejects if our server
 * does not answer: nothing has changed, and the element may be mounted again.
 */
export function mount(host: HTMLElement, page: Page): Promise<void> {
  page.shown ??= new WeakMap()
  const { shown } = page
  if (!host.shadowRoot?.adoptedStyleSheets.length) dress(host)
  const before = shown.get(host)
  if (before) return before
  const kind = kindOf(host)
  if (!kind) return Promise.resolve()
  const showing = draw(host, page, kind).then(
    (drawn) => {
      if (!drawn) shown.delete(host)
    },
    (error) => {
      shown.delete(host)
      if (kind !== 'banner') page.emit('error', { reason: 'unanswered' })
      throw error
    },
  )
  shown.set(host, showing)
  return showing
}

async function draw(host: HTMLElement, page: Page, kind: Kind): Promise<boolean | undefined> {
  const question = await questionOf(host, page, kind)
  if (!question) return kind !== 'banner' && (await partOf<ElementsPart>(page, kind)).unasked(host, page)
  const { lang, campaign } = question
  // All texts of a leaderboard come from our server.
  const words = kind === 'leaderboard' ? {} : wordsIn(lang, page)
  const [drawing, answer, texts] = await Promise.all([load(page, kind), ask(page, question), words])
  if (!answer) throw new Error('Nothing answered.')
  return drawing({ host, page, lang, code: question.code, campaign: campaign ?? null, words: texts, ...answer })
}

/** The form is part of this file, because most pages with any of our elements have it. */
async function load(page: Page, kind: Kind): Promise<Draw> {
  if (kind === 'form') return form
  const name = kind === 'share' || kind === 'leaderboard' ? 'share' : 'overlay'
  return (await partOf<ElementsPart>(page, name))[kind] as Draw
}
