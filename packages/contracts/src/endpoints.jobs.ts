import * as z from 'zod'
import {
  Connection,
  ConnectionActivity,
  CreateConnection,
  CreatedConnection,
  EventPreview,
  MappingVersion,
  PreviewEvents,
  ReplaceConnectionSecret,
  SetMapping,
  UpdateConnection,
} from './connections.ts'
import { endpoint, staff, staffOrFullKey } from './endpoint.ts'
import { Job, JobEvent, JobEventDetail, JobEventQuery, JobEventSummary, JobQuery } from './jobs.ts'
import { idParams, page } from './primitives.ts'

const settings = staff('settings:read')
const change = staff('settings:write')
const full = staffOrFullKey('settings:write')
const read = staff('referrals:read')
const ofConnection = idParams('connection')

/** Systems that report jobs, what they reported, and the jobs. */
export const jobEndpoints = {
  connections: {
    list: endpoint({
      method: 'GET',
      path: '/v1/connections',
      summary: 'List connected systems',
      access: settings,
      response: z.strictObject({ items: z.array(Connection) }),
    }),
    create: endpoint({
      method: 'POST',
      path: '/v1/connections',
      summary: 'Connect a system; a secret that is made for it is only in this response',
      access: full,
      body: CreateConnection,
      response: CreatedConnection,
      status: 201,
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/connections/:id',
      summary: 'Get a connected system',
      access: settings,
      params: ofConnection,
      response: Connection,
    }),
    update: endpoint({
      method: 'PATCH',
      path: '/v1/connections/:id',
      summary: 'Rename, pause or resume a connection',
      access: change,
      params: ofConnection,
      body: UpdateConnection,
      response: Connection,
    }),
    replaceSecret: endpoint({
      method: 'POST',
      path: '/v1/connections/:id/secret',
      summary: "Replace a connection's secret; the old one works for 24 more hours",
      access: full,
      params: ofConnection,
      body: ReplaceConnectionSecret,
      response: CreatedConnection,
    }),
    setMapping: endpoint({
      method: 'POST',
      path: '/v1/connections/:id/mapping',
      summary: 'Save how events are read, as a new version',
      access: full,
      params: ofConnection,
      body: SetMapping,
      response: Connection,
    }),
    mappings: endpoint({
      method: 'GET',
      path: '/v1/connections/:id/mappings',
      summary: 'List the versions of a mapping, newest first',
      access: settings,
      params: ofConnection,
      response: z.strictObject({ items: z.array(MappingVersion) }),
    }),
    preview: endpoint({
      method: 'POST',
      path: '/v1/connections/preview',
      summary: 'Show what would be understood of a sample',
      access: settings,
      body: PreviewEvents,
      response: EventPreview,
    }),
    activity: endpoint({
      method: 'GET',
      path: '/v1/connections/:id/activity',
      summary: 'Count the events of the last 24 hours',
      access: settings,
      params: ofConnection,
      response: ConnectionActivity,
    }),
    remove: endpoint({
      method: 'DELETE',
      path: '/v1/connections/:id',
      summary: 'Delete a connection; its jobs and events stay',
      access: change,
      params: ofConnection,
    }),
  },
  jobEvents: {
    list: endpoint({
      method: 'GET',
      path: '/v1/job-events',
      summary: 'List what connected systems reported, newest first',
      access: read,
      query: JobEventQuery,
      response: page(JobEvent),
    }),
    summary: endpoint({
      method: 'GET',
      path: '/v1/job-events/summary',
      summary: 'Count events by what came of them',
      access: read,
      response: JobEventSummary,
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/job-events/:id',
      summary: 'Get an event with its payload',
      access: read,
      params: idParams('jobEvent'),
      response: JobEventDetail,
    }),
    done: endpoint({
      method: 'POST',
      path: '/v1/job-events/:id/done',
      summary: 'Take an event off the to-do list',
      access: staff('referrals:write'),
      params: idParams('jobEvent'),
      response: JobEvent,
    }),
    retry: endpoint({
      method: 'POST',
      path: '/v1/job-events/:id/retry',
      summary: 'Read an event again, by the mapping of today',
      access: staff('referrals:write'),
      params: idParams('jobEvent'),
      response: JobEvent,
    }),
  },
  jobs: {
    list: endpoint({
      method: 'GET',
      path: '/v1/jobs',
      summary: 'List jobs, newest first',
      access: read,
      query: JobQuery,
      response: page(Job),
    }),
    get: endpoint({
      method: 'GET',
      path: '/v1/jobs/:id',
      summary: 'Get a job',
      access: read,
      params: idParams('job'),
      response: Job,
    }),
  },
} as const
