import type { Client } from '@goodword/client'
import type { ConversionChoice, JobTodo } from '@goodword/contracts'
import { formatAmountInput, parseMoney } from '@goodword/domain'
import { computed, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

type Side = 'advocate' | 'friend'

/** One thing a job leaves to decide: by its id, or the first one of a job. */
export function createTodo({ client, id, jobId }: { client: Client; id: string | null; jobId: string }) {
  const sending = createSending()
  const chosen = signal<string | null>(null)
  const jobValue = signal('')
  const amounts = signal<Partial<Record<Side, string>>>({})
  const confirmOwed = signal(false)
  const todo = createResource<JobTodo | null>(async (abort) => {
    if (id !== null) return client.jobTodos.get({ params: { id } }, { signal: abort })
    const { items } = await client.jobTodos.list({ query: { jobId, limit: 5 } }, { signal: abort })
    return items[0] ?? null
  })
  const choice = computed<ConversionChoice | null>(() => {
    const choices = todo.data.value?.choices ?? []
    return choices.find(({ referralId }) => referralId === chosen.value) ?? choices[0] ?? null
  })
  const owed = computed(() => (todo.data.value?.rewards?.changes ?? []).reduce((sum, change) => sum + change.owed, 0))

  const answer = async (work: (params: { id: string }) => Promise<JobTodo>): Promise<JobTodo | null> => {
    const open = todo.data.value
    if (!open) return null
    const done = await sending.send(() => work({ id: open.id }))
    const code = sending.failure.value?.code
    // Decided or changed elsewhere: what is confirmed next is what is shown then.
    if (code === 'todo_changed' || code === 'todo_closed') {
      confirmOwed.value = false
      await todo.load()
      // What is shown now says so.
      if (todo.data.value?.state !== 'open') sending.failure.value = null
    }
    return done
  }

  return {
    sending,
    todo,
    chosen,
    choice,
    jobValue,
    amounts,
    confirmOwed,
    owed,
    /** Converts the chosen referral. Resolves to null when something has to be corrected first. */
    async convert() {
      const one = choice.value
      if (!one) return null
      const typed = jobValue.value.trim()
      const value = typed === '' ? one.jobValue : parseMoney(typed, one.currency)
      if (typed !== '' && (value === null || value === 0))
        return sending.showErrors({ jobValue: 'Enter an amount such as 250.00.' })
      if (value === null && one.jobValueRequired) return sending.showErrors({ jobValue: 'Enter the job value.' })
      const body = { referralId: one.referralId, ...(value ? { jobValue: value } : {}) }
      return answer((params) => client.jobTodos.convert({ params, body: { notify: true, ...body } }))
    },
    /** Does what is proposed, with the amounts that were typed in its place. */
    async settle() {
      const rewards = todo.data.value?.rewards
      if (!rewards) return null
      const body: { advocate?: number; friend?: number } = {}
      for (const change of rewards.changes) {
        const typed = amounts.value[change.side]
        if (typed === undefined || rewards.proposal === 'take_back') continue
        const amount = parseMoney(typed, change.currency)
        if (amount === null) return sending.showErrors({ [change.side]: 'Enter an amount such as 25.00.' })
        body[change.side] = amount
      }
      return answer((params) =>
        client.jobTodos.settle({
          params,
          body: {
            refunded: rewards.refunded,
            amounts: body,
            reason: 'The job was refunded',
            confirmOwed: confirmOwed.value,
            notify: true,
          },
        }),
      )
    },
    dismiss: () => answer((params) => client.jobTodos.dismiss({ params })),
    /** The text of a reward's field: what was typed, else what is proposed. */
    amountText(side: Side): string {
      const change = todo.data.value?.rewards?.changes.find((one) => one.side === side)
      if (!change) return ''
      return amounts.value[side] ?? (change.to === null ? '' : formatAmountInput(change.to, change.currency))
    },
  }
}

export type TodoModel = ReturnType<typeof createTodo>
