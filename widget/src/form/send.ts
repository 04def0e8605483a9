import sendWords from 'virtual:words/text/en/send'
import { embedServer } from '../server.ts'
import { speak } from '../ui/language.ts'
import { createFormModel } from './model.ts'
import type { Sending } from './sending.ts'

// Draws with the part that shows the form.
export { element } from '../ui/ui.ts'
// What a form needs to be sent. Most visitors only look at it, so this loads when a friend begins to type.
export { Thanks } from './thanks.tsx'

export const startSending: Sending['startSending'] = ({ host, page, lang, words }, given) =>
  createFormModel({
    ...given,
    say: speak(host, sendWords, words),
    server: embedServer(page, { lang, campaign: given.campaign ?? null }),
  })
