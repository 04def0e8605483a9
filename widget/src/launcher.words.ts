import type { Words } from './language.ts'

export const launcherWords = { refer: 'Refer a friend', offer: 'See your offer', shut: 'Close' } satisfies Words
