import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { TestServices, World } from '../../../../test/harness.ts'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { contextFor } from '../../../shared/context.ts'
import { reportFunnel } from '../reports/funnel.queries.ts'
import { countVisit, flushVisits } from './visits.ts'

const minute = 60_000
const quarterHour = 15 * minute
const day = 24 * 60 * minute

describe('visits', () => {
  let test: TestServices
  let world: World
  worldForEach((...given) => {
    ;[test, world] = given
  })

  const stored = () => test.services.database.read.all(sql`SELECT at, source, count FROM visits ORDER BY 1, 2`)

  it('through one link are one row for a quarter of an hour and kind of page', async () => {
    const campaign = await world.campaign({})
    const { id } = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
    const enrollment = { id, organizationId: world.organization.id }
    const began = Math.ceil(test.clock.now() / quarterHour) * quarterHour
    test.clock.set(began)
    countVisit(test.services, enrollment, 'hosted')
    expect(await flushVisits(test.services)).toBe(1)
    test.clock.advance(quarterHour - 1)
    countVisit(test.services, enrollment, 'hosted')
    countVisit(test.services, enrollment, 'hosted')
    countVisit(test.services, enrollment, 'widget')
    expect(await flushVisits(test.services)).toBe(3)
    test.clock.advance(1)
    countVisit(test.services, enrollment, 'hosted')
    expect(await flushVisits(test.services)).toBe(1)
    expect(await flushVisits(test.services)).toBe(0)
    expect(await stored()).toEqual([
      [began, 'hosted', 3],
      [began, 'widget', 1],
      [began + quarterHour, 'hosted', 1],
    ])
  })

  it.each(['America/Los_Angeles', 'Asia/Kolkata', 'Asia/Kathmandu', 'Pacific/Chatham'])(
    'around midnight in %s count on their day',
    async (timeZone) => {
      await test.services.database.write((tx) =>
        tx.run(sql`UPDATE organizations SET time_zone = ${timeZone} WHERE id = ${world.organization.id}`),
      )
      const campaign = await world.campaign({})
      const { id } = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
      const ctx = contextFor(test.services, world.organization.id, { type: 'system' })
      const clockIn = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
      // The last minute of a day.
      for (let at = test.clock.now() - (test.clock.now() % minute); ; at += minute) {
        if (clockIn.format(at) !== '23:59') continue
        test.clock.set(at)
        break
      }
      const visit = () => countVisit(test.services, { id, organizationId: world.organization.id }, 'hosted')
      visit()
      test.clock.advance(minute)
      visit()
      visit()
      await flushVisits(test.services)
      const { steps } = await reportFunnel(ctx, {
        from: new Intl.DateTimeFormat('en-CA', { timeZone }).format(test.clock.now() - day),
        to: new Intl.DateTimeFormat('en-CA', { timeZone }).format(test.clock.now()),
      })
      expect(steps.map(({ visits }) => visits)).toEqual([1, 2])
    },
  )
})

it('visits that an earlier version stored one by one are counted', async () => {
  const old = await openOldDatabase('CREATE TABLE `visit_counts`')
  await old.addOrganization('org_1')
  await old.addContact('con_1', { organization: 'org_1' })
  await old.addCampaign('cmp_1', { organization: 'org_1' })
  await old.addEnrollment('enr_1', { organization: 'org_1', campaign: 'cmp_1', contact: 'con_1' })
  for (const [n, at] of [quarterHour, quarterHour + 1, 2 * quarterHour - 1, 2 * quarterHour].entries())
    await old.run(`INSERT INTO visits VALUES ('vis_${n}', 'org_1', 'enr_1', 'widget', ${at})`)
  await old.upgrade()
  expect(
    await old.database.read.all(sql`SELECT organization_id, at, enrollment_id, source, count FROM visits`),
  ).toEqual([
    ['org_1', quarterHour, 'enr_1', 'widget', 3],
    ['org_1', 2 * quarterHour, 'enr_1', 'widget', 1],
  ])
  await old.close()
})
