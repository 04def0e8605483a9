import { describe, expect, it } from 'vitest'
import { isDisposableEmail } from './disposableEmail.ts'

describe('a disposable email address', () => {
  it.each([
    'someone@mailinator.com',
    'someone@team.mailinator.com',
    'Someone@YOPmail.com',
    'a@guerrillamail.com',
    'a@temp-mail.org',
    'a@sharklasers.com',
  ])('is %s', (email) => expect(isDisposableEmail(email)).toBe(true))

  it.each([
    'someone@gmail.com',
    'someone@icloud.com',
    'relay@privaterelay.appleid.com',
    'relay@duck.com',
    'someone@gmx.de',
    'someone@mail.ru',
    'mailinator.com@harbor.example',
    'someone@mailinator.com.harbor.example',
    'someone@mailinator-plumbing.example',
  ])('is not %s', (email) => expect(isDisposableEmail(email)).toBe(false))
})
