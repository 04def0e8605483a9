import { PortalHome } from '@goodword/contracts'

const key = 'goodword.portal.home'

/** The last home this tab has seen, for the moment when the network is gone. It leaves with the tab. */
export type KeptHome = { read(): PortalHome | null; write(home: PortalHome): void; forget(): void }

/** Keeps it in `storage`. Storage that is full or blocked only means that nothing is kept. */
export function keepHomeIn(storage: () => Storage): KeptHome {
  const attempt = <T>(action: (at: Storage) => T): T | null => {
    try {
      return action(storage())
    } catch {
      return null
    }
  }
  return {
    read: () =>
      attempt((at) => {
        const kept = PortalHome.safeParse(JSON.parse(at.getItem(key) ?? 'null'))
        return kept.success ? kept.data : null
      }),
    write: (home) => attempt((at) => at.setItem(key, JSON.stringify(home))),
    forget: () => attempt((at) => at.removeItem(key)),
  }
}
