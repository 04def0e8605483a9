import './preact.ts'
import { form } from '../form/form.tsx'
import { type Kind, kindOf, type Page } from '../page.ts'
import { ask } from './answers.ts'
import type { Draw } from './element.tsx'
import { wordsIn } from './language.ts'
import { partOf } from './partOf.ts'
import { questionOf } from './question.ts'

/** For the other parts, which draw with this one. */
export { element } from './element.tsx'
export { partOf }

type SharePart = { share: Draw; awaitVisitor(host: HTMLElement, page: Page): void }
type OverlayPart = { banner: Draw; launcher: Draw }

/**
 * Shows an element in the shadow root of `host`, once; the children of `host` show until then. Rejects if our server
 * does not answer: nothing has changed, and the element may be mounted again.
 */
export function mount(host: HTMLElement, page: Page): Promise<void> {
  page.shown ??= new WeakMap()
  const { shown } = page
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

async function draw(host: HTMLElement, page: Page, kind: Kind): Promise<boolean> {
  const question = await questionOf(host, page, kind)
  if (!question) {
    if (kind === 'share') (await partOf<SharePart>(page, kind)).awaitVisitor(host, page)
    return false
  }
  const { lang, campaign } = question
  const [drawing, answer, words] = await Promise.all([load(page, kind), ask(page, question), wordsIn(lang, page)])
  if (!answer) throw new Error('Nothing answered.')
  return drawing({ host, page, lang, code: question.code, campaign: campaign ?? null, words, ...answer })
}

/** The form is part of this file, because most pages with any of our elements have it. */
async function load(page: Page, kind: Kind): Promise<Draw> {
  if (kind === 'form') return form
  if (kind === 'share') return (await partOf<SharePart>(page, kind)).share
  return (await partOf<OverlayPart>(page, 'overlay'))[kind]
}
