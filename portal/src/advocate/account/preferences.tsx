import type { PortalAccount } from '@goodword/contracts'
import { languages } from '@goodword/contracts/languages'
import { languageName, languageOf } from '@goodword/words'
import { Icon } from '../../shared/ui/icon.tsx'
import { say } from '../words.ts'
import type { AccountModel } from './account.model.ts'
import { Outcome } from './outcome.tsx'

type Notify = PortalAccount['notify']

const choices = [
  { value: 'all', title: 'portal.account.all', line: 'portal.account.allLine' },
  { value: 'rewards', title: 'portal.account.rewards', line: 'portal.account.rewardsLine' },
  { value: 'none', title: 'portal.account.nothing', line: 'portal.account.nothingLine' },
] as const satisfies { value: Notify; title: string; line: string }[]

/** Notifications, language, and the name that friends see. All are saved at once. */
export function Preferences({ model, account }: { model: AccountModel; account: PortalAccount }) {
  return (
    <>
      <section class="sec">
        <fieldset class="choices">
          <legend>
            <h2>{say('portal.account.hear')}</h2>
          </legend>
          {choices.map(({ value, title, line }) => (
            <label key={value} class="choice">
              <input
                type="radio"
                name="notify"
                checked={account.notify === value}
                onChange={() => model.choose(value)}
              />
              <span>
                <b>{say(title)}</b>
                <small>{say(line)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Outcome model={model} part="notify" done={say('portal.saved')} />
      </section>
      <section class="sec">
        <h2>{say('portal.account.language')}</h2>
        <div class="field lg">
          <label for="own-language" class="sr-only">
            {say('portal.account.language')}
          </label>
          <span class="select block">
            <select
              class="input"
              id="own-language"
              value={account.language}
              aria-describedby="own-language-hint"
              onChange={(event) => model.setLanguage(languageOf(event.currentTarget.value))}
            >
              {languages.map((language) => (
                <option key={language} value={language} lang={language}>
                  {languageName(language)}
                </option>
              ))}
            </select>
            <Icon name="chevron-down" />
          </span>
          <span class="hint" id="own-language-hint">
            {say('portal.account.languageLine')}
          </span>
        </div>
        <Outcome model={model} part="language" done={say('portal.saved')} />
      </section>
      <section class="sec">
        <h2>{say('portal.account.friendsRead')}</h2>
        <label class="choice">
          <input
            type="checkbox"
            checked={account.sharesName}
            onChange={(event) => model.share(event.currentTarget.checked)}
          />
          <span>
            <b>{say('portal.account.showName')}</b>
            <small>{say('portal.account.showNameLine')}</small>
          </span>
        </label>
        <Outcome model={model} part="sharesName" done={say('portal.saved')} />
      </section>
    </>
  )
}
