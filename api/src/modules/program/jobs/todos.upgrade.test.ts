import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'
import { jobsInvariants } from './jobs.invariants.ts'
import { countsMatchEvents } from './jobs.projections.ts'

let old: Awaited<ReturnType<typeof openOldDatabase>>
beforeEach(async () => {
  old = await openOldDatabase('CREATE INDEX `job_events_kept`')
  await old.addOrganization('org_1')
  await old.addContact('con_1', { organization: 'org_1' })
  for (const [n, kind, state, event] of [
    [1, 'conversion', 'open', 'jev_pruned'],
    [2, 'refund', 'open', 'jev_2'],
    [3, 'refund', 'done', 'jev_gone'],
  ] as const) {
    await old.run(`INSERT INTO jobs (id, organization_id, contact_id, state, refunds, created_at)
      VALUES ('job_${n}', 'org_1', 'con_1', 'open', '{"total":0,"totalAt":null,"byId":{}}', ${n})`)
    await old.run(`INSERT INTO job_todos (id, organization_id, job_id, event_id, kind, state, reason, facts, opened_at, closed_at)
      VALUES ('jtd_t${n}', 'org_1', 'job_${n}', '${event}', '${kind}', '${state}', 'value_missing', '{"value":${n}}', ${n}, ${state === 'done' ? 9 : null})`)
  }
  await old.run(`INSERT INTO job_events (id, organization_id, received_at, outcome, job_id, needs_person)
    VALUES ('jev_2', 'org_1', 2, 'applied', 'job_2', 0)`)
})
afterEach(() => old.close())

it('what is open about a job stands in the feed of an older database, also when its event was deleted', async () => {
  await old.upgrade()
  const { read } = old.database
  expect(
    await read.all(`SELECT t.id, e.id, e.tab, e.type, e.contact_id, e.received_at, e.effects FROM job_todos t
      LEFT JOIN job_events e ON e.id = t.event_id ORDER BY t.id`),
  ).toEqual([
    ['jtd_t1', 'jev_t1', 'needs_you', 'job.invoiced', 'con_1', 1, '[{"reason":"value_missing","facts":{"value":1}}]'],
    ['jtd_t2', 'jev_2', 'needs_you', null, null, 2, '[]'],
    ['jtd_t3', null, null, null, null, null, null],
  ])
  for (const { broken } of [...jobsInvariants, countsMatchEvents])
    expect(typeof broken === 'string' ? await read.all(broken) : await broken(read)).toEqual([])
})
