import type { Client } from '@goodword/client'
import { AskRule, type Campaign, type JobRules, JobRules as JobRulesSchema } from '@goodword/contracts'
import { batch, computed, type Signal, signal } from '@preact/signals'
import { createSending, issuesByField } from '../core/form.ts'

/** The rules as they stand in the fields: numbers are text. */
export type RulesDraft = {
  on: boolean
  trigger: AskRule['trigger']
  minScore: number
  delayHours: string
  quietFrom: string
  quietUntil: string
  channel: AskRule['channel']
  reminds: boolean
  followUpHours: string
  gapDays: string
  withoutScore: AskRule['withoutScore']
  scoreWaitDays: string
  tellMemberId: string
  convertAt: JobRules['convertAt']
  refunds: JobRules['refunds']
}

const usual = AskRule.parse({ on: false })
const usualFollowUp = usual.followUpHours ?? 48

export function toDraft(jobs: JobRules | undefined): RulesDraft {
  const ask = jobs?.ask ?? usual
  return {
    on: ask.on,
    trigger: ask.trigger,
    minScore: ask.minScore,
    delayHours: String(ask.delayMinutes / 60),
    quietFrom: ask.quietHours.from,
    quietUntil: ask.quietHours.until,
    channel: ask.channel,
    reminds: ask.followUpHours !== null,
    followUpHours: String(ask.followUpHours ?? usualFollowUp),
    gapDays: String(ask.gapDays),
    withoutScore: ask.withoutScore,
    scoreWaitDays: String(ask.scoreWaitDays),
    tellMemberId: ask.tellMemberId ?? '',
    convertAt: jobs?.convertAt ?? 'by_hand',
    refunds: jobs?.refunds ?? 'propose',
  }
}

export type ParsedRules = { ok: true; jobs: JobRules } | { ok: false; errors: Record<string, string> }

const whole = (text: string): number => (/^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN)
/** "1.5" hours are 90 minutes. */
const minutesOf = (hours: string): number =>
  /^\d{1,4}(?:\.\d{1,2})?$/.test(hours.trim()) ? Math.round(Number(hours.trim()) * 60) : Number.NaN

const fieldOf: Record<string, string> = {
  'ask.delayMinutes': 'delayHours',
  'ask.quietHours.from': 'quietFrom',
  'ask.quietHours.until': 'quietUntil',
  'ask.followUpHours': 'followUpHours',
  'ask.gapDays': 'gapDays',
  'ask.scoreWaitDays': 'scoreWaitDays',
}
const numberSentence = 'Enter a whole number.'
const asked = ['followUpHours', 'gapDays', 'scoreWaitDays'] as const

/** The rules in the fields, or what is wrong by field. What these fields don't show stays as `published` has it. */
export function parseRules(draft: RulesDraft, published: JobRules | undefined): ParsedRules {
  const errors: Record<string, string> = {}
  for (const name of asked)
    if (Number.isNaN(whole(draft[name])) && (name !== 'followUpHours' || draft.reminds)) errors[name] = numberSentence
  if (Number.isNaN(minutesOf(draft.delayHours))) errors.delayHours = 'Enter hours, such as 2 or 1.5.'
  const parsed = JobRulesSchema.safeParse({
    ...published,
    ask: {
      on: draft.on,
      trigger: draft.trigger,
      minScore: draft.minScore,
      delayMinutes: minutesOf(draft.delayHours),
      quietHours: { from: draft.quietFrom, until: draft.quietUntil },
      channel: draft.channel,
      followUpHours: draft.reminds ? whole(draft.followUpHours) : null,
      gapDays: whole(draft.gapDays),
      withoutScore: draft.withoutScore,
      scoreWaitDays: whole(draft.scoreWaitDays),
      tellMemberId: draft.tellMemberId === '' ? null : draft.tellMemberId,
    },
    convertAt: draft.convertAt,
    refunds: draft.refunds,
  })
  if (parsed.success && Object.keys(errors).length === 0) return { ok: true, jobs: parsed.data }
  const found = parsed.success ? {} : issuesByField(parsed.error.issues)
  const named = Object.entries(found).map(([path, message]) => [fieldOf[path] ?? path, message])
  return { ok: false, errors: { ...Object.fromEntries(named), ...errors } }
}

const names = Object.keys(toDraft(undefined)) as (keyof RulesDraft)[]

/** Edits the rules for jobs of one campaign and publishes them as a version of its terms. */
export function createRules(client: Client, published: Campaign) {
  const base: Signal<Campaign> = signal(published)
  const before = computed(() => toDraft(base.value.terms.jobs))
  const draft = signal(before.value)
  const sending = createSending()
  return {
    base,
    before,
    draft,
    sending,
    read: computed(() => parseRules(draft.value, base.value.terms.jobs)),
    changes: computed(() => names.filter((name) => draft.value[name] !== before.value[name])),
    edit(patch: Partial<RulesDraft>) {
      batch(() => {
        draft.value = { ...draft.value, ...patch }
        const left = Object.entries(sending.errors.value).filter(([name]) => !(name in patch))
        sending.errors.value = Object.fromEntries(left)
      })
    },
    discard() {
      batch(() => {
        draft.value = before.value
        sending.showErrors({})
      })
    },
    /** Whether it was saved. Somebody else's newer version is never overwritten: `failure` says so. */
    async save(): Promise<boolean> {
      const read = parseRules(draft.value, base.value.terms.jobs)
      if (!read.ok) {
        sending.showErrors(read.errors)
        return false
      }
      const { id, terms, termsVersion } = base.value
      const body = { termsVersion, terms: { ...terms, jobs: read.jobs } }
      const saved = await sending.send(() => client.campaigns.update({ params: { id }, body }))
      if (!saved) return false
      batch(() => {
        base.value = saved
        draft.value = toDraft(saved.terms.jobs)
      })
      return true
    },
    /** Takes the newer version of somebody else and keeps what was changed here. */
    async rebase() {
      const changed = Object.fromEntries(
        names.filter((name) => draft.value[name] !== before.value[name]).map((name) => [name, draft.value[name]]),
      )
      const newer = await sending.send(() => client.campaigns.get({ params: { id: base.value.id } }))
      if (!newer) return
      batch(() => {
        base.value = newer
        draft.value = { ...toDraft(newer.terms.jobs), ...changed }
      })
    },
  }
}

export type RulesModel = ReturnType<typeof createRules>
