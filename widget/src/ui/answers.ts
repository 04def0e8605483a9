import type { EmbedElements, EmbedForm, EmbedLanding, EmbedLeaderboard, EmbedShare } from '@goodword/contracts'
import type { Page } from '../page.ts'
import { addressOf, type Query, request } from '../request.ts'

const subjects = ['form', 'share', 'leaderboard'] as const
/**
 * What an element asks our server: what a code offers a friend, what the advocate with a code shares, or the leaderboard
 * of a period. `campaign` is for a friend without a code; undefined for an element that shows the same in every campaign.
 */
export type Question = {
  about: (typeof subjects)[number]
  lang: string
  code: string | null
  /** The one of the leaderboard; null for the one chosen in the console. */
  period?: string | null
  campaign?: string | null | undefined
}
/** `at` is when it was answered, in milliseconds since 1970. */
export type Answered = {
  at: number
  form: EmbedForm | null
  share: EmbedShare | null
  leaderboard: EmbedLeaderboard | null
}

type Waiting = { question: Question; answered(answer: Answered | null): void }

/** Elements that an application draws again soon get the answer they had. */
const freshMs = 60_000
/** So long the elements wait for an answer that also counts a visit, before they ask without it. */
const landingMs = 3_000
const known = new Map<string, { at: number; answer: Promise<Answered | null> }>()
let waiting: Waiting[] = []

/** Asks together with all elements that ask at the same time. null if nothing answers. */
export function ask(page: Page, question: Question): Promise<Answered | null> {
  const key = JSON.stringify(question)
  const before = known.get(key)
  if (before && before.at > Date.now() - freshMs) return before.answer
  const answer = new Promise<Answered | null>((answered) => {
    if (!waiting.length) setTimeout(() => send(page))
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
  const lang = asked[0]?.question.lang
  const picked = subjects.flatMap((subject) => {
    const all = asked
      .map(({ question }) => question)
      .filter(({ about, lang: its }) => about === subject && its === lang)
    return all.find(({ campaign }) => campaign !== undefined) ?? all[0] ?? []
  })
  const answers = ({ question }: Waiting) => picked.some((one) => sameAnswer(one, question))
  const left = asked.filter((one) => !answers(one))
  waiting = left
  const load = (given?: RequestInit, ...visit: Query) =>
    request<EmbedElements & Partial<EmbedLanding>>(
      addressOf(page, 'elements', [
        ...picked.map(({ about, code, period }): Query[number] => [about, code ?? period ?? '']),
        ['lang', lang],
        ['campaign', picked.find(({ about }) => about === 'form')?.campaign],
        ...visit,
      ]),
      given,
    ).then((answer) => answer?.value)
  const { landing } = page
  let value: Awaited<ReturnType<typeof load>>
  if (landing?.codes) {
    const visit = load(
      { method: 'POST', keepalive: true, signal: AbortSignal.timeout(landingMs) },
      ['visit', landing.codes.join()],
      ['kept', landing.kept],
    )
    landing.codes = undefined
    value = await visit
    landing.told(value?.visit)
    // Which of the codes in the address is the visitor's is known now.
    const code = (value ? await page.getReferral() : page.kept())?.code ?? null
    for (const { question } of asked) if (question.code === landing.code) question.code = code
  }
  if (left.length) setTimeout(() => send(page))
  value ??= await load()
  const answer = value ? { ...value, at: Date.now() } : null
  for (const one of asked) if (answers(one)) one.answered(answer)
}

const sameAnswer = (one: Question, other: Question) =>
  one.about === other.about &&
  one.lang === other.lang &&
  one.code === other.code &&
  one.period === other.period &&
  (one.campaign === other.campaign || one.campaign === undefined || other.campaign === undefined)
