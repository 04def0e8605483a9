import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import { createUpload, describeUpload, parseCodes } from './codes.model.ts'

describe('parsing pasted codes', () => {
  it('takes one code per line, from the first column, quoted or not, without a heading', () => {
    expect(parseCodes('code,valid until\r\nSPRING-1,2026-12-01\r\n"A, ""B""";x\n\n  SPRING-2  \nS3\t4')).toEqual([
      'SPRING-1',
      'A, "B"',
      'SPRING-2',
      'S3',
    ])
    expect(parseCodes(' \n ')).toEqual([])
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
    const model = createUpload({ client, campaignId: idOf('cam', 1) })
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
    const model = createUpload({ client, campaignId: idOf('cam', 1) })
    expect(await model.upload()).toBeNull()
    model.lines.text.value = Array.from({ length: 5_001 }, (_, n) => `C${n}`).join('\n')
    expect(await model.upload()).toBeNull()
    expect(model.sending.errors.value).toEqual({ codes: 'Add 5,000 at a time.' })
    expect(sent).toEqual([])
  })

  it('keeps what was pasted when the server rejects it', async () => {
    const { client } = clientRespondingWith(() => problemResponse('not_found'))
    const model = createUpload({ client, campaignId: idOf('cam', 1) })
    model.lines.text.value = 'SPRING-1'
    expect(await model.upload()).toBeNull()
    expect(model.lines.text.value).toBe('SPRING-1')
    expect(model.sending.failure.value?.code).toBe('not_found')
  })
})
