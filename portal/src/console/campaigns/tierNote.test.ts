import { describe, expect, it } from 'vitest'
import { tierNote } from './tierNote.ts'

const tier = (key: string, from: string, amount: string) => ({
  ...{ key, from, type: 'fixed' as const, amount, percent: '', least: '', most: '' },
})
const notes = (...rows: [from: string, amount: string][]) => {
  const tiers = rows.map(([from, amount], index) => tier(`${index}`, from, amount))
  return tiers.map((one) => tierNote(one, tiers)?.text)
}

describe('what is said of a tier', () => {
  it('is which friends it pays, in whatever order the rows stand', () => {
    expect(notes(['5', '100'], ['1', '25'], ['3', '50'], ['4', '60'])).toEqual([
      '5th and every one after',
      '1st and 2nd',
      '3rd only',
      '4th only',
    ])
    expect(notes(['2', '25'], ['6', '50'])).toEqual(['2nd to 5th', '6th and every one after'])
  })

  it('is that two start at one friend, or that one pays what the one before it pays', () => {
    const two = 'Two tiers start at the 3rd friend.'
    expect(notes(['3', '50'], ['3', '60'], ['5', '70'])).toEqual([two, two, '5th and every one after'])
    expect(notes(['3', '50'], ['5', '50.00'], ['7', '60'])).toEqual([
      '3rd and 4th',
      'Pays the same as from the 3rd friend on.',
      '7th and every one after',
    ])
  })

  it('is nothing while it is being typed', () => {
    expect(notes(['', ''], ['x', ''], ['3', ''], ['5', ''])).toEqual([
      undefined,
      undefined,
      '3rd and 4th',
      '5th and every one after',
    ])
  })
})
