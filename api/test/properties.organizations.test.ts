import { text } from 'node:stream/consumers'
import { CreateReferral, InviteAdvocate } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contacts from '../src/modules/people/contacts/contacts.ts'
import * as correspondents from '../src/modules/people/contacts/recipients.ts'
import * as memberChanges from '../src/modules/platform/members/changes.ts'
import * as currentMember from '../src/modules/platform/members/currentMember.ts'
import * as advocates from '../src/modules/program/advocates/advocates.ts'
import * as campaigns from '../src/modules/program/campaigns/campaigns.ts'
import * as referrals from '../src/modules/program/referrals/referrals.ts'
import * as rivals from '../src/modules/program/referrals/rivals.ts'
import * as submission from '../src/modules/program/referrals/submission.ts'
import * as advocateQueries from '../src/modules/surfaces/console/advocates.queries.ts'
import * as audit from '../src/modules/surfaces/console/audit.queries.ts'
import * as campaignHistory from '../src/modules/surfaces/console/campaigns.history.queries.ts'
import * as campaignQueries from '../src/modules/surfaces/console/campaigns.queries.ts'
import * as referralDetail from '../src/modules/surfaces/console/referrals.detail.queries.ts'
import * as referralQueries from '../src/modules/surfaces/console/referrals.queries.ts'
import * as referralSummary from '../src/modules/surfaces/console/referrals.summary.queries.ts'
import * as form from '../src/modules/surfaces/embed/form.ts'
import { newFormToken } from '../src/modules/surfaces/embed/formToken.ts'
import * as share from '../src/modules/surfaces/embed/share.ts'
import * as arrivals from '../src/modules/surfaces/embed/siteRequests.ts'
import * as submit from '../src/modules/surfaces/embed/submit.ts'
import * as visits from '../src/modules/surfaces/embed/visits.ts'
import * as embedQueries from '../src/modules/surfaces/install/activity.queries.ts'
import type { Ctx } from '../src/shared/context.ts'
import { AppError } from '../src/shared/errors.ts'
import { createTestServices, createWorld, stranger, type TestServices } from './harness.ts'
import { earningAttempts, nothingOfMoney } from './organizations.earning.ts'
import { identityAttempts, identityRoom, keyAttempts, keyRooms } from './organizations.identity.ts'
import { jobAttempts, jobRooms, nothingOfJobs } from './organizations.jobs.ts'
import { conversionAttempts, ledgerAttempts, moneyRooms, rewardAttempts } from './organizations.money.ts'
import {
  advocateAttempts,
  contactAttempts,
  embedPeopleAttempts,
  nothingOfPeople,
  peopleRooms,
  referralPeopleAttempts,
} from './organizations.people.ts'
import { friendLinkAttempts, ownAttempts, portalRooms } from './organizations.portal.ts'
import { nothingOfReferrals, referralAttempts, referralRooms } from './organizations.referrals.ts'
import { nothingOfKeys, nothingOfWebhooks, webhookAttempts, webhookRooms } from './organizations.webhooks.ts'
import { type Attempt, at, canary, fill, page, type Theirs, within } from './organizations.world.ts'

const nowhere = { origin: null, version: null }
const submissionTo = (ctx: Ctx, code: string) => {
  const formToken = newFormToken({ ...ctx, clock: () => ctx.clock() - 5_000 }, ctx.organizationId)
  return { code, ...stranger(), formToken }
}
const followed = { ...nowhere, visitor: 'someone' }

/** Each exported function that takes an id or a code, called with another organization's. */
const attempts: Record<string, Record<string, Attempt>> = {
  audit: {
    listAudit: (ctx, { pending }) => audit.listAudit(ctx, { ...page, subjectId: pending.id }),
    exportAudit: async (ctx, { pending }) =>
      (await text(await audit.exportAudit(ctx, { subjectId: pending.id }))).split('\r\n').length - 2,
  },
  members: {
    assertCurrentMember: (ctx, { world }) => currentMember.assertCurrentMember(ctx, world.owner.id),
    changeRole: (ctx, { world }) => memberChanges.changeRole(ctx, world.owner.id, { role: 'staff' }),
    removeMember: (ctx, { world }) => memberChanges.removeMember(ctx, world.owner.id),
    resendMemberInvitation: (ctx, { world }) => memberChanges.resendMemberInvitation(ctx, world.owner.id),
  },
  keys: keyAttempts,
  campaigns: {
    loadCampaign: (ctx, { campaign }) => campaignQueries.loadCampaign(ctx, campaign.id),
    listCampaigns: (ctx) => campaignQueries.listCampaigns(ctx, page),
    loadCampaignContext: (ctx, { campaign }) => campaigns.loadCampaignContext(ctx, campaign.id),
    getCampaign: (ctx, { campaign }) => campaigns.getCampaign(ctx, campaign.id),
    termsOf: (ctx, { campaign }) => campaigns.termsOf(ctx, campaign.id, 1),
    updateCampaign: (ctx, { campaign }) =>
      campaigns.updateCampaign(ctx, campaign.id, { termsVersion: 1, name: 'Mine' }),
    duplicateCampaign: (ctx, { campaign }) => campaigns.duplicateCampaign(ctx, campaign.id),
    archiveCampaign: (ctx, { campaign }) => campaigns.archiveCampaign(ctx, campaign.id),
    restoreCampaign: (ctx, { campaign }) => campaigns.restoreCampaign(ctx, campaign.id),
    listTerms: (ctx, { campaign }) => campaignHistory.listTerms(ctx, campaign.id, page),
  },
  advocates: {
    ...advocateAttempts,
    loadAdvocate: (ctx, { advocate }) => advocateQueries.loadAdvocate(ctx, advocate.id),
    listAdvocates: (ctx, { campaign }) =>
      advocateQueries.listAdvocates(ctx, { ...page, sort: 'newest', campaignId: campaign.id, q: canary }),
    inviteAdvocate: (ctx, { campaign }) =>
      advocates.inviteAdvocate(ctx, InviteAdvocate.parse({ campaignId: campaign.id, ...stranger() })),
    resendInvitation: (ctx, { advocate }) => advocates.resendInvitation(ctx, advocate.id),
    enroll: (ctx, { campaign, advocate }) =>
      within(ctx, (tx) =>
        advocates.enroll(tx, { campaignId: campaign.id, contactId: advocate.contactId, source: 'invited' }),
      ),
    hasAdvocates: (ctx, { campaign }) => advocates.hasAdvocates(ctx, campaign.id),
    findEnrollment: (ctx, { campaign, advocate }) => advocates.findEnrollment(ctx, campaign.id, advocate.contactId),
    findEnrollmentById: (ctx, { advocate }) => advocates.findEnrollmentById(ctx, advocate.id),
    getEnrollment: (ctx, { advocate }) => advocates.getEnrollment(ctx, advocate.id),
    archiveEnrollment: (ctx, { advocate }) => within(ctx, (tx) => advocates.archiveEnrollment(tx, advocate.id)),
    restoreEnrollment: (ctx, { advocate }) => within(ctx, (tx) => advocates.restoreEnrollment(tx, advocate.id)),
  },
  referrals: {
    ...friendLinkAttempts,
    ...referralPeopleAttempts,
    loadReferral: (ctx, { pending }) => referralDetail.loadReferral(ctx, pending.id),
    listReferrals: (ctx, { campaign, advocate }) =>
      referralQueries.listReferrals(ctx, { ...page, sort: 'newest', campaignId: campaign.id, advocateId: advocate.id }),
    referralRows: (ctx) => referralQueries.referralRows(ctx.db, ctx.organizationId),
    summarizeReferrals: async (ctx) => (await referralSummary.summarizeReferrals(ctx)).total,
    ...referralAttempts,
    enrollmentNamed: (ctx, { advocate }) => referrals.enrollmentNamed(ctx, { code: advocate.code }),
    liveRivalOf: (ctx, { record }) => rivals.liveRivalOf(ctx, { ...record, id: 'ref_other' }),
    pageOfReferrals: (ctx, { campaign }) =>
      referralQueries.pageOfReferrals(ctx, { sort: 'newest', campaignId: campaign.id }, page),
    createReferral: (ctx, { advocate }) =>
      referrals.createReferral(ctx, CreateReferral.parse({ advocateId: advocate.id, friend: stranger() })),
    acceptReferral: (ctx, { pending }) => referrals.acceptReferral(ctx, pending.id),
    unacceptReferral: (ctx, { pending }) => referrals.unacceptReferral(ctx, pending.id),
    declineReferral: (ctx, { pending }) => referrals.declineReferral(ctx, pending.id, 'Not mine'),
    moveReferral: (ctx, { pending }) =>
      within(ctx, (tx) => referrals.moveReferral(tx, pending.id, 'declined', 'Not mine')),
    getReferral: (ctx, { pending }) => referrals.getReferral(ctx, pending.id),
    rivalsOf: (ctx, { record }) => rivals.rivalsOf(ctx, { ...record, id: 'ref_other' }),
    rivalry: async (ctx, { record }) => (await rivals.rivalry(ctx, { ...record, id: 'ref_other' })).live,
    convertedRivalOf: (ctx, { record, conversion }) =>
      rivals.convertedRivalOf(ctx, { ...record, friendContactId: conversion.friendContactId }),
    hasReferralsInCampaign: (ctx, { campaign }) => referrals.hasReferralsInCampaign(ctx, campaign.id),
    hasReferrals: (ctx, { advocate }) => referrals.hasReferrals(ctx, advocate.id),
    referralOfForm: (ctx, { record }) => referrals.referralOfForm(ctx, record.formNonce ?? 'a nonce'),
    recordReferral: (ctx, { campaignContext, enrollment, friend }) =>
      within(ctx, (tx) =>
        submission.recordReferral(tx, {
          ...campaignContext,
          enrollment,
          person: contacts.describePerson('US', stranger()),
          submitted: friend,
          source: 'staff',
        }),
      ),
  },
  conversions: conversionAttempts,
  rewards: rewardAttempts,
  webhooks: webhookAttempts,
  ...jobAttempts,
  earning: earningAttempts,
  embed: {
    ...embedPeopleAttempts,
    findLinkFacts: (ctx, { advocate }) => form.findLinkFacts(ctx, advocate.code),
    loadForm: async (ctx, { advocate }) => (await form.loadForm(ctx, advocate.code)).advocate,
    loadShare: (ctx, { advocate }) => share.loadShare(ctx, advocate.code),
    findShare: (ctx, { advocate }) => share.findShare(ctx, advocate.code),
    submitReferral: (ctx, { advocate: { code } }) =>
      submit.submitReferral(ctx, submissionTo(ctx, code), { source: 'widget', address: '203.0.113.9' }),
    recordVisit: (ctx, { advocate }) => visits.recordVisit(ctx, advocate.code, 'widget'),
    loadFormForSite: async (ctx, { advocate }) =>
      (await arrivals.loadFormForSite(ctx, advocate.code, nowhere)).advocate,
    loadElementsForSite: async (ctx, { advocate: { code } }) => {
      const { form, share } = await arrivals.loadElementsForSite(ctx, { form: code, share: code }, nowhere)
      return share ?? form?.advocate ?? null
    },
    landOnSite: async (ctx, { advocate: { code } }) => {
      const came = await arrivals.landOnSite(ctx, { visit: [code], form: code, share: code }, followed)
      return came.share ?? came.form?.advocate ?? (came.visit.known || null)
    },
    followLink: async (ctx, { advocate }) => (await arrivals.followLink(ctx, [advocate.code], followed)).known || null,
    findLink: (ctx, { advocate }) => arrivals.findLink(ctx, [advocate.code]),
    submitFromSite: (ctx, { advocate: { code } }) => {
      const visitor = { source: 'widget', address: '203.0.113.9', arrival: nowhere } as const
      return arrivals.submitFromSite(ctx, submissionTo(ctx, code), visitor)
    },
    listActivity: async (ctx) =>
      (await embedQueries.listActivity(ctx, page)).items.filter(({ advocate }) => advocate !== null),
    checkInstall: async (ctx) => (await embedQueries.checkInstall(ctx)).sites,
  },
  identity: identityAttempts,
  ledger: ledgerAttempts,
  contacts: {
    matchContact: async (ctx, { advocate }) =>
      (await contacts.matchContact(ctx, { name: 'x', email: advocate.email, phone: advocate.phone })).contact,
    markCustomer: (ctx, { advocate }) => within(ctx, (tx) => contacts.markCustomer(tx, advocate.contactId, at)),
    unmarkCustomer: (ctx, { advocate }) =>
      within(ctx, (tx) => contacts.unmarkCustomer(tx, advocate.contactId, at, null)),
    getContact: (ctx, { advocate }) => contacts.getContact(ctx, advocate.contactId),
    addressFor: (ctx, { advocate }) => contacts.addressFor(ctx, advocate.contactId),
    getMessageRecipient: (ctx, { advocate }) => correspondents.getMessageRecipient(ctx, advocate.contactId),
    verifyAddress: (ctx, { reach }) => within(ctx, (tx) => contacts.verifyAddress(tx, reach.addressId)),
    addressesOf: (ctx, { advocate }) => contacts.addressesOf(ctx, advocate.contactId),
    ...contactAttempts,
    ...ownAttempts,
  },
}

/** Functions that take nothing of an organization, or serve the whole installation on purpose. */
const nothingToGive: Record<string, string[]> = {
  audit: ['listAuditGroups'],
  keys: nothingOfKeys,
  campaigns: ['createCampaign', 'hasCampaigns'],
  advocates: ['findByCode', 'enrollmentOfCode', ...nothingOfPeople.advocates],
  ledger: nothingOfPeople.ledger,
  referrals: ['attributed', 'toReferral', ...nothingOfReferrals],
  webhooks: nothingOfWebhooks,
  ...nothingOfJobs,
  ...nothingOfMoney,
  embed: [
    'contextOfCode',
    'describeSender',
    'closedReason',
    'thanks',
    'countVisit',
    'recordFollowed',
    'toRecordedVisit',
    'flushVisits',
  ],
  identity: ['friendShown'],
  contacts: ['describePerson', 'findOrCreateContact', 'verifiedContactsOf', ...nothingOfPeople.contacts],
}
const rooms: Record<string, object[]> = {
  audit: [audit],
  members: [memberChanges, currentMember],
  keys: keyRooms,
  campaigns: [campaigns, campaignQueries, campaignHistory],
  advocates: [advocates, advocateQueries, ...peopleRooms.advocates],
  referrals: [
    referrals,
    rivals,
    referralQueries,
    referralDetail,
    referralSummary,
    submission,
    ...referralRooms,
    ...peopleRooms.referrals,
    ...portalRooms.referrals,
  ],
  webhooks: webhookRooms,
  ...jobRooms,
  embed: [...peopleRooms.embed, arrivals, embedQueries, form, share, submit, visits],
  identity: identityRoom,
  ...moneyRooms,
  contacts: [contacts, correspondents, ...peopleRooms.contacts, ...portalRooms.contacts],
}

const refusedAsUnknown = ['not_found', 'code_unknown', 'identity_unknown', 'identity_key_unknown']

describe('organizations are isolated', () => {
  let test: TestServices
  let theirs: Theirs
  let ctx: Ctx
  beforeAll(async () => {
    test = await createTestServices()
    theirs = await fill(test)
    ctx = (await createWorld(test.services, 'Bayside Plumbing')).ctx
  })
  afterAll(() => test.close())

  /** Every row of the other organization, in every table that has any. */
  async function theirRows(): Promise<string> {
    const { read } = test.services.database
    const tables = await read.all<[string]>(
      sql`SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'organization_id' WHERE m.type = 'table'`,
    )
    const { id } = theirs.world.organization
    const rows = tables.map(async ([table]) => [
      table,
      await read.all(sql`SELECT * FROM ${sql.identifier(table)} WHERE organization_id = ${id} ORDER BY 1, 2`),
    ])
    return JSON.stringify(await Promise.all(rows))
  }

  describe.each(Object.keys(attempts))('%s', (room) => {
    const verbs = Object.entries(attempts[room] ?? {})

    it('each function has a case here', () => {
      const exported = (rooms[room] ?? [])
        .flatMap((module) => Object.entries(module))
        .flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
      expect([...verbs.map(([name]) => name), ...(nothingToGive[room] ?? [])].sort()).toEqual(exported.sort())
    })

    it.each(verbs)('%s finds and changes nothing of another organization', async (_, attempt) => {
      const before = await theirRows()
      expect(before).toContain(canary)
      const outcome = await attempt(ctx, theirs).catch((error: unknown) => error)
      if (outcome instanceof AppError) {
        expect(refusedAsUnknown).toContain(outcome.code)
        expect(outcome.message).not.toContain(canary)
      } else if (outcome instanceof Error) {
        // The constraint behind the function; its message never leaves the server.
        expect(String(outcome.cause ?? outcome)).toMatch(/FOREIGN KEY|UNIQUE|has no terms/)
      } else expect(isNothing(outcome), JSON.stringify(outcome)).toBe(true)
      await visits.flushVisits(test.services)
      expect(await theirRows()).toBe(before)
    })
  })
})

function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (value !== null && typeof value === 'object' && 'items' in value) return isNothing(value.items)
  return value === undefined || value === null || value === 0 || value === false
}
