import { type Client, GoodwordError } from '@goodword/client'
import type { PortalAccount } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { readAddress } from '../signIn/signIn.model.ts'
import { say, serverMessage } from '../words.ts'

export type AccountModel = ReturnType<typeof createAccountModel>
type Changes = Partial<Pick<PortalAccount, 'name' | 'sharesName' | 'notify' | 'language'>>
export type Part = 'name' | 'notify' | 'sharesName' | 'language' | 'address' | 'export' | 'erase'

/**
 * Name, addresses, preferences and data of a person who signed in with a fresh link. `where` returns the business
 * on screen.
 */
export function createAccountModel(client: Client, where: () => string, changed: () => Promise<unknown>) {
  const account = signal<PortalAccount | null>(null)
  const state = signal<'idle' | 'loading' | 'ready' | 'locked'>('idle')
  /** Why the page failed to load. */
  const errorText = signal<string | null>(null)
  /** What was saved last, or what failed and why. */
  const saved = signal<Part | null>(null)
  const failed = signal<{ part: Part; why: string } | null>(null)
  const busy = signal<Part | null>(null)
  const name = signal('')
  const newAddress = signal('')
  /** The word typed to confirm. */
  const eraseWord = signal('')
  /** The address a link was sent to. */
  const sentTo = signal<string | null>(null)

  let known: PortalAccount | null = null
  /** Choices being saved: shown at once, before the server has confirmed them. */
  let chosen: Changes = {}
  let pendingChoices = 0
  let queue: Promise<unknown> = Promise.resolve()
  const inProgress = new Set<string>()

  function show(next: PortalAccount) {
    known = next
    account.value = { ...next, ...chosen }
    state.value = 'ready'
  }

  async function load() {
    if (state.value === 'loading') return
    state.value = 'loading'
    errorText.value = null
    try {
      show(await client.portal.account())
      name.value = account.value?.name ?? ''
    } catch (error) {
      if (error instanceof GoodwordError && error.status === 403) state.value = 'locked'
      else {
        state.value = 'idle'
        errorText.value = errorTextOf(error)
      }
    }
  }

  async function perform(part: Part, work: () => Promise<PortalAccount | undefined>): Promise<boolean> {
    busy.value = part
    failed.value = null
    saved.value = null
    try {
      const next = await work()
      if (next) show(next)
      saved.value = part
      return true
    } catch (error) {
      failed.value = { part, why: errorTextOf(error) }
      return false
    } finally {
      busy.value = null
    }
  }

  /** Queues one request after the other, so that none is dropped, and shows its result. */
  function enqueue(part: Part, work: () => Promise<PortalAccount | undefined>): Promise<boolean> {
    const mine = queue.then(() => perform(part, work))
    queue = mine
    return mine
  }

  /**
   * The same for a button: pressing it again meanwhile does nothing. `button` tells several buttons of one part
   * apart.
   */
  async function attempt(part: Part, work: () => Promise<PortalAccount | undefined>, button: string = part) {
    if (inProgress.has(button)) return false
    inProgress.add(button)
    const done = await enqueue(part, work)
    inProgress.delete(button)
    return done
  }

  const update = (changes: Changes) => {
    const organizationId = where()
    return () => client.portal.updateAccount({ body: { organizationId, ...changes } })
  }

  /** A choice is saved at once. The last one wins, no matter how slow the response to an earlier one is. */
  async function choose(part: 'notify' | 'sharesName' | 'language', changes: Changes) {
    chosen = { ...chosen, ...changes }
    pendingChoices += 1
    if (known) show(known)
    const done = await enqueue(part, update(changes))
    pendingChoices -= 1
    if (done && pendingChoices > 0) return
    chosen = {}
    if (known) show(known)
  }

  async function saveName() {
    const typed = name.value.trim()
    if (typed === '') failed.value = { part: 'name', why: say('friend.field.name') }
    else if (await attempt('name', update({ name: typed }))) await changed()
  }

  async function addAddress() {
    const read = readAddress(newAddress.value)
    sentTo.value = null
    if (!read.ok) {
      failed.value = { part: 'address', why: read.message }
      return
    }
    const typed = newAddress.value.trim()
    const done = await attempt('address', async () => {
      await client.portal.addAddress({ body: { organizationId: where(), ...read.body } })
      return undefined
    })
    if (!done) return
    sentTo.value = typed
    if (newAddress.value.trim() === typed) newAddress.value = ''
  }

  const removeAddress = (id: string) => attempt('address', () => client.portal.removeAddress({ params: { id } }), id)

  /** All data the business has, as a file to save; null if the request failed. */
  async function exportData(): Promise<Blob | null> {
    let file: Blob | null = null
    await attempt('export', async () => {
      const data = await client.portal.export()
      file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' })
      return undefined
    })
    return file
  }

  /** Resolves to true once everything is deleted, including the session. */
  async function erase(): Promise<boolean> {
    if (eraseWord.value.trim().toUpperCase() !== 'ERASE') {
      failed.value = { part: 'erase', why: `${say('portal.erase.type')}.` }
      return false
    }
    return attempt('erase', async () => {
      await client.portal.erase({ body: { organizationId: where(), confirm: 'ERASE' } })
      return undefined
    })
  }

  /** Called when another person or business is shown. */
  function clear() {
    known = null
    chosen = {}
    account.value = null
    state.value = 'idle'
    for (const one of [errorText, saved, failed, sentTo]) one.value = null
    newAddress.value = ''
    eraseWord.value = ''
  }

  return {
    eraseWord,
    erase,
    account,
    state,
    errorText,
    saved,
    failed,
    busy,
    name,
    newAddress,
    sentTo,
    load,
    saveName,
    choose: (notify: PortalAccount['notify']) => choose('notify', { notify }),
    share: (sharesName: boolean) => choose('sharesName', { sharesName }),
    /** Sets the language of the portal and of messages, then reloads the home in that language. */
    async setLanguage(language: PortalAccount['language']) {
      await choose('language', { language })
      await changed()
    },
    addAddress,
    removeAddress,
    exportData,
    clear,
  }
}

function errorTextOf(error: unknown): string {
  if (!(error instanceof GoodwordError)) return `${say('portal.error.silent')} ${say('portal.error.unchanged')}`
  return serverMessage(error.problem.errors?.[0]?.message ?? error.problem.detail)
}
