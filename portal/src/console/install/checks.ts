import type { InstallCheck } from '@goodword/contracts'

type Site = InstallCheck['sites'][number]

/** `fix` is code to paste; `allow` is a website to allow with one click. */
export type Check = {
  id: 'script' | 'key' | 'origin' | 'form' | 'send'
  state: 'done' | 'waiting' | 'wrong'
  title: string
  detail: string | null
  /** When it last passed. */
  at: string | null
  fix: string | null
  allow: string | null
}

/** The website seen last; null if none has been. */
export const latestSite = ({ sites }: InstallCheck): Site | null =>
  sites
    .filter(({ lastSeenAt }) => lastSeenAt !== null)
    .sort((a, b) => (b.lastSeenAt ?? '').localeCompare(a.lastSeenAt ?? ''))[0] ?? null

const emptyCheck = { detail: null, at: null, fix: null, allow: null }

/** The state of an installation, in the order in which it can fail, each with its fix. */
export function installationChecks(known: InstallCheck, server: string): Check[] {
  const site = latestSite(known)
  const [refused] = known.refused
  const asked = site !== null || refused !== undefined
  const script: Check = asked
    ? { ...emptyCheck, id: 'script', state: 'done', title: 'Script loads', at: site?.lastSeenAt ?? refused?.at ?? null }
    : {
        ...emptyCheck,
        id: 'script',
        state: 'waiting',
        title: 'Script not seen yet',
        detail:
          'Open the page through an advocate’s link, with ?ref=CODE at the end. If nothing shows here then, a Content-Security-Policy may block it. Add this to it:',
        fix: `script-src ${server}`,
      }
  const key: Check = asked
    ? {
        ...emptyCheck,
        id: 'key',
        state: 'done',
        title: site?.lastMode === 'test' ? 'Key is right, in test mode' : 'Key is right',
      }
    : { ...emptyCheck, id: 'key', state: 'waiting', title: 'Key' }
  const origin: Check = refused
    ? {
        id: 'origin',
        state: 'wrong',
        title: 'A website is not allowed',
        detail: `${refused.origin} tried and was blocked.`,
        at: refused.at,
        fix: null,
        allow: refused.origin,
      }
    : { ...emptyCheck, id: 'origin', state: site ? 'done' : 'waiting', title: site ? 'Website allowed' : 'Website' }
  return [script, key, origin, formCheck(site), submitCheck(site, server)]
}

function formCheck(site: Site | null): Check {
  if (site?.formAt) return { ...emptyCheck, id: 'form', state: 'done', title: 'Form shown', at: site.formAt }
  return {
    ...emptyCheck,
    id: 'form',
    state: 'waiting',
    title: 'Form not shown yet',
    detail: site ? 'The script runs, but no page with the form was opened. Place it as in step 2.' : null,
  }
}

function submitCheck(site: Site | null, server: string): Check {
  if (site?.submitAt) return { ...emptyCheck, id: 'send', state: 'done', title: 'Form sends', at: site.submitAt }
  const shown = site?.formAt !== null && site !== null
  return {
    ...emptyCheck,
    id: 'send',
    state: 'waiting',
    title: 'Nothing sent yet',
    detail: shown
      ? 'Send the form once, with the test key. If it cannot send, a Content-Security-Policy blocks it. Add this to it:'
      : null,
    fix: shown ? `connect-src ${server}` : null,
  }
}
