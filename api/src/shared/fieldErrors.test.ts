import { CreateCampaign, endpoints, FinishJob } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { readBy } from './fieldErrors.ts'

const told = (result: ReturnType<typeof readBy>) =>
  'errors' in result ? result.errors.map(({ path, message }) => `${path}: ${message}`) : []

describe('what is wrong with a request', () => {
  it('names the field and what to send instead, also where its schema has no words for it', () => {
    expect(told(readBy(CreateCampaign, {}))).toEqual(['name: Add name as text.', 'terms: Add terms as an object.'])
    expect(told(readBy(CreateCampaign, { name: 5, terms: [], status: 'open' }))).toEqual([
      'name: Send name as text.',
      'status: Send status as one of: draft, active.',
      'terms: Send terms as an object.',
    ])
    expect(told(readBy(FinishJob, { state: 'done', jobId: 'job_00000000000001', paid: true }))).toEqual([
      'state: Send state as one of: completed, invoiced.',
      ': Leave out "paid", or check the spelling: there is no such field.',
    ])
    const { query } = endpoints.reports.cashRewards
    expect(told(readBy(query, { year: 'abc' }))).toEqual(['year: Send year as a number.'])
  })

  it('keeps the words of a schema', () => {
    const job = { state: 'completed', jobId: 'job_00000000000001', score: 9 }
    expect(told(readBy(FinishJob, job))).toEqual(['score: Choose 1 to 5.'])
  })
})
