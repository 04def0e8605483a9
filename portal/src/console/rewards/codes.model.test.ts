import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import { createUpload, describeUpload } from './codes.model.ts'

describe('a pasted list of codes', () => {
  it('says what is left out, and why, before anything is added', async () => {
    const { client, sent } = clientRespondingWith(() =>
      json({ added: 1, given: 0, duplicates: ['007'], invalid: [], damaged: [], over: [] }),
    )
    const model = createUpload({ client, campaignId: idOf('cam', 1), today: '2026-11-30' })
    model.lines.type('\uFEFF SAVE-1 \r\nsave-1\r\n007\r\n1E+10\r\n\r\nA-1,2026-11-29')
    expect(model.codes.value).toEqual(['SAVE-1', '007'])
    expect(model.notes.value).toEqual([
      '1 code is twice in this list: save-1 (from line 2).',
      '1 looks changed by a spreadsheet: 1E+10 (from line 4).',
      '1 has a last day that has passed: A-1 (from line 6).',
    ])
    await expect.poll(() => model.notes.value[0]).toBe('1 code is on your lists already.')
    expect([sent.length, model.words.value]).toEqual([1, 'Add 1 code'])
    model.includeDamaged.value = true
    expect(model.codes.value).toEqual(['SAVE-1', '007', '1E+10'])
  })
})

describe('adding codes', () => {
  it('sends a long list in batches and adds up the results', async () => {
    const { client, sent } = clientRespondingWith(({ body }) => {
      const { codes } = body as { codes: string[] }
      return json({
        added: codes.length - 1,
        given: 1,
        duplicates: codes.slice(0, 1),
        invalid: [],
        damaged: [],
        over: [],
      })
    })
    const model = createUpload({ client, campaignId: idOf('cam', 1), today: '2026-11-30' })
    model.lines.text.value = Array.from({ length: 1_200 }, (_, n) => `CODE-${n}`).join('\n')
    expect(model.words.value).toBe('Add 1,200 codes')
    const done = await model.upload()
    expect(sent).toHaveLength(3)
    expect(done && describeUpload(done)).toBe(
      '1,197 codes added, 3 given to waiting rewards. 3 already on the list: CODE-0, CODE-500, CODE-1000.',
    )
  })

  it('sends nothing when the list is empty or too long', async () => {
    const { client, sent } = clientRespondingWith(() => json({}))
    const model = createUpload({ client, campaignId: idOf('cam', 1), today: '2026-11-30' })
    expect(await model.upload()).toBeNull()
    model.lines.text.value = Array.from({ length: 5_001 }, (_, n) => `C${n}`).join('\n')
    expect(await model.upload()).toBeNull()
    expect(model.sending.errors.value).toEqual({ codes: 'Add 5,000 at a time.' })
    expect(sent).toEqual([])
  })

  it('keeps what was pasted when the server rejects it', async () => {
    const { client } = clientRespondingWith(() => problemResponse('not_found'))
    const model = createUpload({ client, campaignId: idOf('cam', 1), today: '2026-11-30' })
    model.lines.text.value = 'SPRING-1'
    expect(await model.upload()).toBeNull()
    expect(model.lines.text.value).toBe('SPRING-1')
    expect(model.sending.failure.value?.code).toBe('not_found')
  })
})
