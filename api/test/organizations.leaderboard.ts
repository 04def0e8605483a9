import { text } from 'node:stream/consumers'
import { LeaderboardQuery } from '@goodword/contracts'
import * as dating from '../src/modules/program/leaderboard/dating.ts'
import * as queries from '../src/modules/program/leaderboard/leaderboard.queries.ts'
import * as months from '../src/modules/program/leaderboard/months.queries.ts'
import * as settings from '../src/modules/program/leaderboard/settings.ts'
import * as spreadsheet from '../src/modules/surfaces/console/leaderboard.export.ts'
import * as console from '../src/modules/surfaces/console/leaderboard.queries.ts'
import { type Attempt, at, within } from './organizations.world.ts'

/** The leaderboard of another organization, which has one advocate in it. */
export const leaderboardAttempts: Record<string, Attempt> = {
  countConversion: (ctx, { conversion }) =>
    within(ctx, (tx) =>
      dating.countConversion(tx, {
        referralId: conversion.referralId,
        conversionId: conversion.id,
        jobValue: null,
        currency: 'USD',
        advocateAmount: 0,
        friendAmount: 0,
      }),
    ),
  monthOf: (ctx, { conversion }) => months.monthOf(ctx, conversion.id),
  listLeaderboard: (ctx) => console.listLeaderboard(ctx, LeaderboardQuery.parse({ period: 'all' })),
  exportLeaderboard: async (ctx) =>
    (await text(await spreadsheet.exportLeaderboard(ctx, { period: 'all' }))).trim().split('\n').slice(1),
  standingsOf: (ctx) => queries.standingsOf(ctx, 'all', { limit: 10 }),
  standingOf: (ctx, { advocate }) => queries.standingOf(ctx, 'all', advocate.contactId),
  tallyOf: async (ctx) => (await queries.tallyOf(ctx, 'all', 'console')).size,
  periodAt: async (ctx) => (await queries.periodAt(ctx, 'all', at)).months,
  publicLeaderboard: async (ctx) => (await queries.publicLeaderboard(ctx, { period: 'all', shows: 10, at })).rows,
  findLeaderboardPage: (ctx) => settings.findLeaderboardPage(ctx),
  leaderboardSettings: async (ctx) => (await settings.leaderboardSettings(ctx)).isPublic,
  updateLeaderboardSettings: async (ctx) =>
    (await settings.updateLeaderboardSettings(ctx, { isPublic: false })).isPublic,
}

export const leaderboardRoom = [dating, months, queries, settings, console, spreadsheet]
