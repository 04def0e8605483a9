import { listJobEvents } from '../src/modules/program/jobs/jobEvents.queries.ts'
import { listJobs } from '../src/modules/program/jobs/jobs.queries.ts'
import { ctx, eventOf, test } from './jobWorld.ts'

export const ago = (minutes: number) => new Date(test.clock.now() - minutes * 60_000).toISOString()
export const event = (type: string, minutesAgo: number, data: object) => eventOf('4471', type, data, minutesAgo)
export const rosa = { id: 'c1', name: 'Rosa Medina', email: 'rosa@mail.example', phone: '+16285550117' }
export const allJobs = async () => (await listJobs(ctx, { limit: 100 })).items
export const events = async () => (await listJobEvents(ctx, { limit: 100 })).items
