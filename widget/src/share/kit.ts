import english from 'virtual:words/text/en/share'
import { hint } from '../hint.ts'
import css from './share.css?inline'
import { Copyable, Ways } from './sharing.tsx'

/** What the panel of an identified visitor is made of. It gets it handed, because no part imports another by its address. */
export const kit = { english, css, hint, Copyable, Ways }
export type ShareKit = typeof kit
