import type { EmbedForm, EmbedShare } from '@goodword/contracts'
import type { Page } from '../page.ts'
import { embedServer } from '../server.ts'

/**
 * What an element asks our server: what a code offers a friend, or what the advocate with a code shares. `campaign` is
 * for a friend without a code; undefined for an element that shows the same in every campaign.
 */
export type Question = {
  about: 'form' | 'share'
  lang: string
  code: string | null
  campaign: string | null | undefined
}
/** `at` is when it was answered, in milliseconds since 1970. */
export type Answered = { at: number; form: EmbedForm | null; share: EmbedShare | null }

type Waiting = { question: Question; answered(answer: Answered | null): void }

/** Elements that an application draws again soon get the answer they had. */
const freshMs = 60_000
const known = new Map<string, { at: number; answer: Promise<Answered | null> }>()
let waiting: Waiting[] = []

/** Asks together with all elements that ask at the same time. null if nothing answers. */
export function ask(page: Page, question: Question): Promise<Answered | null> {
  const key = JSON.stringify(question)
  const before = known.get(key)
  if (before && before.at > Date.now() - freshMs) return before.answer
  const answer = new Promise<Answered | null>((answered) => {
    if (waiting.length === 0) setTimeout(() => send(page))
    waiting.push({ question, answered })
  })
  known.set(key, { at: Date.now(), answer })
  answer.then((one) => one || known.delete(key))
  return answer
}

/** A form was sent: its token is used, and the offer may have changed. */
export const forget = (): void => known.clear()

/** One request has room for one question of each kind in one language, which is all that most pages ask. */
async function send(page: Page): Promise<void> {
  const asked = waiting
  const inLanguage = asked.filter(({ question }) => question.lang === asked[0]?.question.lang)
  const pick = (about: Question['about']) => {
    const all = inLanguage.map(({ question }) => question).filter((question) => question.about === about)
    return all.find(({ campaign }) => campaign !== undefined) ?? all[0]
  }
  const [form, share] = [pick('form'), pick('share')]
  const answers = ({ question }: Waiting) => [form, share].some((one) => one && sameAnswer(one, question))
  waiting = asked.filter((one) => !answers(one))
  if (waiting.length > 0) setTimeout(() => send(page))
  const { lang = '' } = form ?? share ?? {}
  const answer = await embedServer(page, { lang, campaign: form?.campaign ?? null }).elements({
    form: form && (form.code ?? ''),
    share: share && (share.code ?? ''),
  })
  const value = answer?.value ? { ...answer.value, at: Date.now() } : null
  for (const one of asked) if (answers(one)) one.answered(value)
}

const sameAnswer = (one: Question, other: Question) =>
  one.about === other.about &&
  one.lang === other.lang &&
  one.code === other.code &&
  (one.campaign === other.campaign || one.campaign === undefined || other.campaign === undefined)
