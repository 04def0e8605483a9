import { describe, expect, it } from 'vitest'
import { bannerWords } from '../banner.words.ts'
import { formWords } from '../form.words.ts'
import { launcherWords } from '../launcher.words.ts'
import { shareWords } from '../share.words.ts'
import de from './de.ts'
import es from './es.ts'
import fr from './fr.ts'
import pt from './pt.ts'

const english: Record<string, string> = { ...bannerWords, ...formWords, ...launcherWords, ...shareWords }
const slots = (text: string | undefined) => [...(text ?? '').matchAll(/\{(\d)\}/g)].map(([, index]) => index).sort()
/** Said in English everywhere. */
const shared = ['sms']

describe.each(Object.entries<Record<string, string>>({ de, es, fr, pt }))('the widget in %s', (_, words) => {
  it('has every word, with the same places to fill in, and none left in English', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
    for (const [name, text] of Object.entries(english)) {
      expect([name, slots(words[name])]).toEqual([name, slots(text)])
      if (!shared.includes(name)) expect([name, words[name]]).not.toEqual([name, text])
    }
  })
})

it('two parts never say different things by one name', () => {
  const parts: Record<string, string>[] = [bannerWords, formWords, launcherWords, shareWords]
  for (const part of parts)
    for (const [name, text] of Object.entries(part)) expect([name, english[name]]).toEqual([name, text])
})
