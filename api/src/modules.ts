import { ledgerModule } from './modules/money/ledger/ledger.module.ts'
import { rewardsModule } from './modules/money/rewards/rewards.module.ts'
import { contactsModule } from './modules/people/contacts/contacts.module.ts'
import { auditModule } from './modules/platform/audit/audit.module.ts'
import { connectionsModule } from './modules/platform/connections/connections.module.ts'
import { eventsModule } from './modules/platform/events/events.module.ts'
import { keysModule } from './modules/platform/keys/keys.module.ts'
import { membersModule } from './modules/platform/members/members.module.ts'
import { messagesModule } from './modules/platform/messages/messages.module.ts'
import { organizationsModule } from './modules/platform/organizations/organizations.module.ts'
import { searchModule } from './modules/platform/search/search.module.ts'
import { webhooksModule } from './modules/platform/webhooks/webhooks.module.ts'
import { advocatesModule } from './modules/program/advocates/advocates.module.ts'
import { campaignsModule } from './modules/program/campaigns/campaigns.module.ts'
import { conversionsModule } from './modules/program/conversions/conversions.module.ts'
import { invitationsModule } from './modules/program/invitations/invitations.module.ts'
import { jobsModule } from './modules/program/jobs/jobs.module.ts'
import { leaderboardModule } from './modules/program/leaderboard/leaderboard.module.ts'
import { referralsModule } from './modules/program/referrals/referrals.module.ts'
import { consoleModule } from './modules/surfaces/console/console.module.ts'
import { docsModule } from './modules/surfaces/docs/docs.module.ts'
import { embedModule } from './modules/surfaces/embed/embed.module.ts'
import { hostedModule } from './modules/surfaces/hosted/hosted.module.ts'
import { identityModule } from './modules/surfaces/identity/identity.module.ts'
import { importsModule } from './modules/surfaces/imports/imports.module.ts'
import { inboundModule } from './modules/surfaces/inbound/inbound.module.ts'
import { installModule } from './modules/surfaces/install/install.module.ts'
import { personModule } from './modules/surfaces/person/person.module.ts'
import { portalModule } from './modules/surfaces/portal/portal.module.ts'
import { reportsModule } from './modules/surfaces/reports/reports.module.ts'
import { rollupsModule } from './modules/surfaces/rollups/rollups.module.ts'
import { setupModule } from './modules/surfaces/setup/setup.module.ts'
import type { Module } from './shared/module.ts'

/**
 * Every module, from the lowest floor to the highest. A module may import the ones before it and none after it.
 * ARCHITECTURE.md shows the floors, and a test checks every import against this order.
 */
export const modules: readonly Module[] = [
  // platform
  auditModule,
  eventsModule,
  organizationsModule,
  searchModule,
  keysModule,
  messagesModule,
  membersModule,
  webhooksModule,
  connectionsModule,
  // people
  contactsModule,
  // money
  ledgerModule,
  rewardsModule,
  // program
  campaignsModule,
  advocatesModule,
  referralsModule,
  conversionsModule,
  jobsModule,
  invitationsModule,
  leaderboardModule,
  // surfaces
  personModule,
  installModule,
  embedModule,
  rollupsModule,
  hostedModule,
  portalModule,
  identityModule,
  consoleModule,
  importsModule,
  reportsModule,
  inboundModule,
  setupModule,
  docsModule,
]
