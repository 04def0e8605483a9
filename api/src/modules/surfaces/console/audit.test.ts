import type { AuditEntry, AuditFilter } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { modules } from '../../../modules.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { auditLabels } from '../../platform/audit/auditLabels.ts'
import { type auditWords, writeAudit } from '../../platform/organizations/organizations.audit.ts'
import { addSite } from '../../platform/organizations/sites.ts'
import { assignReferral } from '../../program/referrals/assignment.ts'
import { listAudit } from './audit.queries.ts'

let test: TestApp
let world: World
let owner: string
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  owner = await test.signIn(world.owner.personId)
})
afterAll(() => test.close())

const note = (ctx: Ctx, action: keyof typeof auditWords.actions, subjectId: string) =>
  transaction(ctx, (tx) => writeAudit(tx, { action, subjectId }))

const all = async (filter: AuditFilter = {}): Promise<AuditEntry[]> =>
  (await listAudit(world.ctx, { limit: 100, ...filter })).items

describe('the audit trail', () => {
  it('is paginated, newest first, and skips nothing that happened at the same millisecond', async () => {
    for (let n = 0; n < 7; n += 1) await note(world.ctx, 'site.added', `sit_${n}`)
    const whole = (await all()).map(({ id }) => id)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await listAudit(world.ctx, { limit: 3, ...(cursor ? { cursor } : {}) })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(paged).toEqual(whole)
    expect([...whole].sort().reverse()).toEqual(whole)
  })

  it('is filtered by actor, kind and subject', async () => {
    const site = await addSite(world.ctx, { origin: 'https://audited.example' })
    const me = `member:${world.owner.id}`
    expect((await all({ subjectId: site.id })).map(({ action }) => action)).toEqual(['site.added'])
    expect(new Set((await all({ actor: me })).map(({ actor }) => actor))).toEqual(new Set([me]))
    expect(await all({ actor: 'member' })).toEqual(await all({ actor: me }))
    expect(new Set((await all({ actor: 'system' })).map(({ actor }) => actor))).toEqual(new Set(['system']))
    expect(new Set((await all({ group: 'site' })).map(({ action }) => action))).toEqual(new Set(['site.added']))
    expect(await all({ group: 'sit_' })).toEqual([])
    expect(await all({ actor: me, group: 'campaign' })).toEqual([])
  })

  it('labels every entry, and lists the groups for filtering', async () => {
    const words = modules.flatMap(({ auditWords }) => Object.keys(auditWords?.actions ?? {}))
    const { label } = auditLabels(test.services)
    for (const action of words) expect(label(action)).toMatch(/^[A-Z][a-z’ ]+$/)
    expect(new Set(words.map(label)).size).toBe(words.length)
    const response = await test.request('GET', '/v1/audit/groups', { as: owner })
    const { items } = (await response.json()) as { items: { group: string; label: string }[] }
    expect(items.slice(0, 2)).toEqual([
      { group: 'advocate', label: 'Advocates' },
      { group: 'invitation', label: 'Asks' },
    ])
    expect(new Set(items.map(({ group }) => group))).toEqual(new Set(words.map((action) => action.split('.')[0])))
    const [entry] = await all({ group: 'member' })
    expect(entry).toMatchObject({ action: 'member.invited', label: 'Member invited' })
    expect(label('referral.cheered_for')).toBe('Referral cheered for')
  })

  it("omits the noun on the page of the referral, and follows the name on the contact's page", async () => {
    const { id: campaignId } = await world.campaign()
    const anna = await world.advocate(campaignId, { name: 'Anna Kowalski' })
    const referral = await world.referral(anna.id)
    await assignReferral(world.ctx, referral.id, world.owner.id)
    const labelsAt = async (path: string) => {
      const response = await test.request('GET', path, { as: owner })
      const { audit } = (await response.json()) as { audit: { action: string; label: string }[] }
      return audit.map(({ action, label }) => `${action}: ${label}`)
    }
    expect(await labelsAt(`/v1/referrals/${referral.id}/background`)).toContain('referral.assigned: Assigned')
    expect(await labelsAt(`/v1/contacts/${anna.contactId}`)).toContain('advocate.invited: made them an advocate')
  })

  it('counts days in the time zone of the organization', async () => {
    // 23:30 on July 9 in Los Angeles is 06:30 on July 10 in UTC.
    test.clock.set(Date.parse('2026-07-10T06:30:00Z'))
    await note(world.ctx, 'site.removed', 'sit_late')
    test.clock.set(Date.parse('2026-07-10T07:00:00Z'))
    await note(world.ctx, 'site.removed', 'sit_next')
    const subjects = async (filter: AuditFilter) => (await all(filter)).map(({ subjectId }) => subjectId)
    expect(await subjects({ from: '2026-07-09', to: '2026-07-09' })).toEqual(['sit_late'])
    expect(await subjects({ from: '2026-07-10' })).toEqual(['sit_next'])
    expect(await subjects({ from: '2026-07-11' })).toEqual([])
  })

  it('is exported as CSV with the same filters', async () => {
    const response = await test.request('GET', '/v1/audit/export?group=member', { as: owner })
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="goodword-audit.csv"')
    const lines = (await response.text()).split('\r\n')
    expect(lines[0]).toBe('time,actor,actor_name,action,subject,subject_name,data')
    expect(lines[1]).toBe(
      `2026-06-01T16:00:00.000Z,system,,member.invited,${world.owner.id},Maya Ortiz,"{""role"":""owner""}"`,
    )
    expect(lines).toHaveLength(3)
  })

  it('is exported completely, however long it is', async () => {
    const long = await createWorld(test.services, 'Long Company')
    await transaction(long.ctx, async (tx) => {
      for (let n = 0; n < 2_050; n += 1) await note(tx, 'site.added', `sit_x${n}`)
    })
    const cookie = await test.signIn(long.owner.personId)
    const text = await (await test.request('GET', '/v1/audit/export?group=site', { as: cookie })).text()
    const subjects = text.split('\r\n').flatMap((line) => /sit_x\d+/.exec(line)?.[0] ?? [])
    expect(new Set(subjects).size).toBe(2_050)
  })

  it("isn't shown to staff, and contains nothing of another organization", async () => {
    const staff = await test.member(world.ctx, 'staff')
    for (const path of ['/v1/audit', '/v1/audit/groups', '/v1/audit/export'])
      expect((await test.request('GET', path, { as: staff })).status).toBe(403)
    const other = await createWorld(test.services, 'Other Company')
    expect((await listAudit(other.ctx, { limit: 100, subjectId: world.owner.id })).items).toEqual([])
  })

  it.each(['actor=Maya', 'group=a.b', 'subjectId=1', 'from=yesterday', 'cursor=x', 'limit=101'])(
    'rejects %s',
    async (query) => {
      expect((await test.request('GET', `/v1/audit?${query}`, { as: owner })).status).toBe(400)
    },
  )
})
