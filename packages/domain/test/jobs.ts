import type { ConvertingJob, LiveReferral } from '../src/converting.ts'
import { finished } from './asking.ts'
import { credit, percent, termsOf } from './terms.ts'

/** A job of $840.00, completed and invoiced at noon in California. */
export const convertingJob = (given: Partial<ConvertingJob> = {}): ConvertingJob => ({
  id: 'job_1',
  completed: { at: finished, heardAt: finished },
  invoiced: { at: finished, heardAt: finished },
  canceled: false,
  value: 84_000,
  currency: 'USD',
  refunded: 0,
  connectedAt: finished - 1,
  ...given,
})

export const fivePercent = termsOf({ advocate: credit(percent(500)) })

/** An open referral in a campaign that pays the advocate 5% when the job is invoiced. */
export const liveReferral = (given: Partial<LiveReferral> = {}): LiveReferral => ({
  id: 'ref_1',
  submittedAt: finished - 1_000,
  campaignId: 'cam_1',
  campaignOpen: true,
  attribution: 'manual',
  currency: 'USD',
  convertAt: 'invoiced',
  current: fivePercent,
  promised: null,
  existingCustomer: false,
  ...given,
})
