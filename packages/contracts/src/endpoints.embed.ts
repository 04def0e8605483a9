import * as z from 'zod'
import {
  EmbedElements,
  EmbedForm,
  EmbedLanding,
  EmbedShare,
  FormReport,
  RecordedVisit,
  SubmitReferral,
  SubmittedReferral,
  TagVersion,
  VisitCodes,
} from './embed.ts'
import { endpoint } from './endpoint.ts'
import { IdentifiedFriends, IdentifiedFriendsQuery, IdentifiedVisitor, IdentifyVisitor } from './identity.ts'
import { LeaderboardPeriod } from './leaderboardPeriods.ts'
import { Code, id } from './primitives.ts'

const elementsQuery = z.strictObject({
  key: z.string().max(100),
  /** The code of the form, empty without one. Absent if the page has no form, banner or launcher. */
  form: Code.or(z.literal('')).optional(),
  campaign: id('campaign').optional(),
  /** The code of the advocate who shares. */
  share: Code.optional(),
  /** The period of the leaderboard, empty for the one chosen in the console. Absent if the page has none. */
  leaderboard: LeaderboardPeriod.or(z.literal('')).optional(),
  lang: z.string().max(35).optional(),
  v: TagVersion.optional(),
})

/** Endpoints that pages of other websites call, with a publishable key. */
export const embedEndpoints = {
  embed: {
    elements: endpoint({
      method: 'GET',
      path: '/embed/elements',
      summary: 'Get what all elements of a page show',
      access: { by: 'publishable' },
      query: elementsQuery,
      response: EmbedElements,
    }),
    /** Of the codes in `visit`, only the one that exists is the visitor's; `form` and `share` may name any of them. */
    land: endpoint({
      method: 'POST',
      path: '/embed/elements',
      summary: 'Record a visit through a link, and get what all elements of the page show',
      access: { by: 'publishable' },
      query: elementsQuery.extend({
        visit: VisitCodes,
        /** The code that the visitor had before, which counts if none of these exists. */
        kept: Code.optional(),
      }),
      response: EmbedLanding,
    }),
    form: endpoint({
      method: 'GET',
      path: '/embed/form',
      summary: 'Get what is needed to render the form',
      access: { by: 'publishable' },
      query: z.strictObject({
        key: z.string().max(100),
        code: Code.optional(),
        campaign: id('campaign').optional(),
        lang: z.string().max(35).optional(),
        v: TagVersion.optional(),
      }),
      response: EmbedForm,
    }),
    share: endpoint({
      method: 'GET',
      path: '/embed/share',
      summary: "Get an advocate's link and share texts",
      access: { by: 'publishable' },
      query: z.strictObject({
        key: z.string().max(100),
        code: Code,
        lang: z.string().max(35).optional(),
        v: TagVersion.optional(),
      }),
      response: EmbedShare,
    }),
    visit: endpoint({
      method: 'POST',
      path: '/embed/visits',
      summary: 'Record a visit through a link',
      access: { by: 'publishable' },
      query: z.strictObject({ key: z.string().max(100), code: VisitCodes, v: TagVersion.optional() }),
      response: RecordedVisit,
    }),
    fields: endpoint({
      method: 'POST',
      path: '/embed/fields',
      summary: "Report which fields of a website's own form were understood",
      access: { by: 'publishable' },
      query: z.strictObject({ key: z.string().max(100), v: TagVersion.optional() }),
      body: FormReport,
      status: 202,
    }),
    submit: endpoint({
      method: 'POST',
      path: '/embed/referrals',
      summary: "Submit the friend's details",
      access: { by: 'publishable' },
      query: z.strictObject({
        key: z.string().max(100),
        lang: z.string().max(35).optional(),
        v: TagVersion.optional(),
      }),
      body: SubmitReferral,
      response: SubmittedReferral,
      status: 201,
    }),
  },
  identity: {
    identify: endpoint({
      method: 'POST',
      path: '/embed/identity',
      summary: 'Get what a page shows a customer it identified with a signed token',
      access: { by: 'publishable' },
      query: z.strictObject({
        key: z.string().max(100),
        lang: z.string().max(35).optional(),
        v: TagVersion.optional(),
      }),
      body: IdentifyVisitor,
      response: IdentifiedVisitor,
    }),
    friends: endpoint({
      method: 'POST',
      path: '/embed/identity/friends',
      summary: 'List further friends of an identified customer',
      access: { by: 'publishable' },
      query: z.strictObject({
        key: z.string().max(100),
        lang: z.string().max(35).optional(),
        v: TagVersion.optional(),
      }),
      body: IdentifiedFriendsQuery,
      response: IdentifiedFriends,
    }),
  },
} as const
