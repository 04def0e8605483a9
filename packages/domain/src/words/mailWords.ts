import { formatDay } from '../days.ts'
import { formatMoney } from '../money.ts'
import { figuresIn } from './figures.ts'
import { friendWords } from './friendWords.ts'
import type { MailTexts, MailWords } from './mails.ts'
import { mailsDe } from './mailsDe.ts'
import { mailsEn } from './mailsEn.ts'
import { mailsEs } from './mailsEs.ts'
import { mailsFr } from './mailsFr.ts'
import { mailsPt } from './mailsPt.ts'
import { sayIn } from './pages.ts'
import { type Language, languageOf } from './words.ts'

const texts: Record<Language, MailTexts> = { en: mailsEn, es: mailsEs, de: mailsDe, fr: mailsFr, pt: mailsPt }

/** What messages to a friend are written with, in the language of `tag` ("de-AT") or in English. */
export function mailWords(tag: string | undefined): MailWords {
  const language = languageOf(tag)
  const pages = friendWords(language)
  const common = { language, say: sayIn(texts[language]), pages, discount: pages.discount }
  if (language === 'en') return { ...common, money: formatMoney, day: formatDay }
  const { money, day } = figuresIn(language)
  return { ...common, money, day }
}
