import type { FormReport } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { tryAddress, tryProblem, verdictOf } from './forms.model.ts'

const form = (...fields: FormReport['fields'][number]['field'][]): FormReport => ({
  page: '/contact',
  form: '',
  other: null,
  fields: fields.map((field) => ({ label: 'x', field })),
})

describe('what is said about a form of the website', () => {
  it.each([
    [form('first', 'last', 'email', 'phone', 'message'), true, 'Name, email, phone, and message are understood.'],
    [form('name', 'phone', null), true, 'Name and phone are understood.'],
    [form('email'), true, 'Email is understood. Without a name, friends arrive flagged for you to check.'],
    [
      form('name', 'message'),
      false,
      'No email or phone field is understood, so nothing is sent. Name one with data-goodword-field.',
    ],
    [{ ...form(null), other: 'login' as const }, false, 'This looks like a sign-in form, so nothing is read from it.'],
  ])('%#: whether friends who use it arrive, and what to do', (report, good, sentence) => {
    expect(verdictOf(report)).toEqual({ good, sentence })
  })

  it('can be tried on the pages of allowed websites', () => {
    const sites = [{ origin: 'https://harborsons.example' }]
    expect(tryProblem('https://harborsons.example/contact', sites)).toBeNull()
    expect(tryProblem('https://other.example/', sites)).toMatch('Allow https://other.example first')
    expect(tryProblem('javascript:alert(1)', sites)).toMatch('with https://')
    expect(tryAddress('https://harborsons.example/contact#top')).toBe('https://harborsons.example/contact#goodword-try')
  })
})
