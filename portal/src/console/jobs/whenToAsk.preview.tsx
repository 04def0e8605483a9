import { addDays, dayIn, momentAt } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { ButtonLink } from '../../shared/ui/button.tsx'
import { Field } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { dayAndTime, shortDay } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import type { RulesModel } from './askRules.model.ts'
import { simulate } from './simulation.ts'

const scoreOptions = ['5', '4', '3', '2', '1', ''].map((value) => ({
  value,
  label: value === '' ? 'no score' : `score ${value}`,
}))

/** What the rules in the fields would do with a job of today. */
export function Simulation({ model }: { model: RulesModel }) {
  const { me, now } = useConsole()
  const { timeZone } = me.organization
  const time = useSignal('18:40')
  const score = useSignal('5')
  const read = model.read.value
  const rule = read.ok ? read.jobs.ask : undefined
  const today = dayIn(timeZone, now.value)
  const finishedAt = momentAt(today, /^\d\d:\d\d$/.test(time.value) ? time.value : '12:00', timeZone)
  const moment = (at: number) => dayAndTime(new Date(at).toISOString(), now.value, timeZone)
  const clocks = {
    moment,
    time: (at: number) => moment(at).slice(moment(at).lastIndexOf(', ') + 2),
    day: (day: string) => shortDay(momentAt(addDays(day, 0), '12:00', timeZone), now.value, timeZone),
  }
  const lines = rule
    ? simulate({ rule, timeZone, finishedAt, score: score.value === '' ? null : Number(score.value) }, clocks)
    : null
  return (
    <section class="card">
      <header>
        <h2>What would happen</h2>
      </header>
      <div class="body simulation">
        <div class="line">
          <Field label="Job finished at" width="130px">
            {(control) => (
              <input
                {...control}
                class="input num"
                type="time"
                value={time.value}
                onInput={(event) => {
                  time.value = event.currentTarget.value
                }}
              />
            )}
          </Field>
          <Select
            label="With"
            width="130px"
            value={score.value}
            options={scoreOptions}
            onChange={(value) => {
              score.value = value
            }}
          />
        </div>
        {lines ? (
          <ol class="timeline" aria-live="polite">
            {lines.map(({ tone, icon, lead, why, at }, index) => (
              <li key={`${index} ${lead}`} class={tone || undefined}>
                <span class="dot">
                  <Icon name={icon} />
                </span>
                <span class="what">
                  <b>{lead}</b>
                  {why && <span class="why">{why}</span>}
                </span>
                {at !== null && <time dateTime={new Date(at).toISOString()}>{moment(at)}</time>}
              </li>
            ))}
          </ol>
        ) : (
          <p class="muted">Correct the marked fields to see it.</p>
        )}
      </div>
    </section>
  )
}

/** The text as it is written now, with an example in place of each value. */
export function TextPreview() {
  const { client } = useConsole()
  const templates = useMemo(
    () => createResource((abort) => client.messageTemplates.list(undefined, { signal: abort })),
    [client],
  )
  useEffect(() => void templates.load(), [templates])
  const text = templates.data.value?.items.find(
    ({ template, channel }) => template === 'invitation_ask' && channel === 'sms',
  )
  if (!text) return null
  const { body } = text.own ?? text.ours
  const words = text.tokens.reduce((all, { name, example }) => all.replaceAll(`{{${name}}}`, example), body)
  return (
    <section class="card">
      <header>
        <h2>The text</h2>
        <ButtonLink size="sm" look="quiet" icon="pencil" href="/console/messages/words">
          Change words
        </ButtonLink>
      </header>
      <div class="body">
        <p class="ask-bubble">{words}</p>
      </div>
    </section>
  )
}
