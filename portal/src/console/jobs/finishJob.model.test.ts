import { expect, it } from 'vitest'
import { clientRespondingWith, idOf, json } from '../core/testClient.testing.ts'
import { createFinishJob } from './finishJob.model.ts'

it('says what comes of a job only while its amount can be read, and marks the amount only until it is corrected', async () => {
  const { client, sent } = clientRespondingWith(() => json({ job: null, events: [] }))
  const contact = { id: idOf('con', 1), name: 'Rosa Medina' }
  const model = createFinishJob({ client, currency: 'USD', of: { contact } })
  await model.preview.load()
  expect(model.preview.data.value).not.toBeNull()
  model.set(model.value, '1,250.50x')
  expect(await model.save()).toBeNull()
  await expect.poll(() => model.preview.data.value).toBeNull()
  expect(Object.keys(model.sending.errors.value)).toEqual(['value'])
  model.set(model.value, '1,250.5y')
  expect(Object.keys(model.sending.errors.value)).toEqual(['value'])
  model.set(model.value, '1,250.50')
  expect(model.sending.errors.value).toEqual({})
  model.stop()
  expect(sent.map(({ path }) => path)).toEqual(['/v1/jobs/preview'])
})
